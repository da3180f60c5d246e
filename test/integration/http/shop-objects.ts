import { randomBytes } from 'node:crypto';
import type { ShopObject } from '../../../src/dashboard/ui/actions/action.js';
import { createSecrets } from '../../../src/domain/secrets/secrets.js';
import type { Settings } from '../../../src/domain/settings/settings.js';
import { createImport } from '../../../src/domain/store/import-store.js';
import { insertEvents, platformSource } from '../../../src/domain/store/inbox-store.js';
import type { JudgeEnv } from '../../../src/domain/store/judgement.js';
import { createReplay } from '../../../src/domain/store/replay-store.js';
import { applySettings } from '../../../src/domain/store/settings-store.js';
import { aFeeThatStands, anInvoice } from '../../support/fees.js';
import { aClaim, aReturn } from '../../support/goods-to-claim.js';
import { anAccount, aPicture, aShop } from '../../support/picture.js';
import { aRefundToApprove } from '../../support/refund-to-approve.js';
import { Erp } from '../../support/requests.js';
import { aFile, anAccountEntry, aShopEntry, parsed } from '../../support/settings-file.js';
import { DOUYIN_KEYS, type WebRig, ZTO_KEYS } from '../../support/web-rig.js';

/** The shop that has one of everything. */
export const OWNER = 'dy-main';
/** A shop that has nothing of it. */
export const STRANGER = 'dy-two';

/** Both shops; the owner has a courier account of its own, and with it a lane. */
export const SETTINGS: Settings = aPicture({
  shops: [
    aShop({ credentials: DOUYIN_KEYS }),
    aShop({ id: STRANGER, platformShopId: '10437918', credentials: DOUYIN_KEYS }),
  ],
  accounts: [anAccount({ id: 'zto-own', shops: [OWNER], credentials: ZTO_KEYS })],
});

/** The same as it is stored: some calls change the configuration itself. */
export async function storeSettings({ db }: WebRig): Promise<void> {
  const shops = [aShopEntry(), aShopEntry({ id: STRANGER, platformShopId: '10437918' })];
  const file = aFile({ shops, carrierAccounts: [anAccountEntry({ id: 'zto-own', shops: [OWNER] })] });
  const secrets = createSecrets(randomBytes(32).toString('base64'));
  await applySettings(db, secrets, parsed(file), { prune: false, actor: 'cli:test', now: new Date() });
}

type Maker = (rig: WebRig, env: JudgeEnv) => Promise<string>;

async function intercept(rig: WebRig, env: JudgeEnv): Promise<string> {
  return (await new Erp(rig.db, env, aShop()).askForOne()).id;
}

/** One of each kind that belongs to the owner's shop: its id, as it stands in an address. */
export const SHOP_OBJECTS: Readonly<Record<ShopObject, Maker>> = {
  intercept,
  async task(rig, env) {
    const erp = new Erp(rig.db, env, aShop());
    const request = erp.next();
    const orders = [{ orderId: '4835804142146759999', paidFen: 5_000, refund: 'none' as const }];
    const waybillNo = '73100130008888';
    await erp.ask({ ...request, parcels: request.parcels.map((parcel) => ({ ...parcel, waybillNo, orders })) });
    const [task] = await rig.db.rows<{ id: string }>(
      'SELECT t.id FROM task t JOIN intercept i ON i.id = t.intercept_id WHERE i.waybill_no = ?',
      [waybillNo],
    );
    if (!task) throw new Error('no task was opened');
    return task.id;
  },
  lane: () => Promise.resolve('zto-zto-own'),
  replay: (rig, env) =>
    createReplay(
      rig.db,
      env,
      { name: 'own', filter: { ids: [] }, dryRun: false, actor: 'user:a', shops: [OWNER] },
      new Date(),
    ),
  import: ({ db }) =>
    createImport(db, { shopId: OWNER, fileName: 'a.csv', format: 'csv', actor: 'user:a' }, new Date()),
  async event({ db }) {
    const source = platformSource('douyin', OWNER);
    await insertEvents(db, [{ source, eventId: 'e-own', payload: '{}', receivedAt: new Date() }]);
    const [event] = await db.rows<{ id: number }>(`SELECT id FROM inbox WHERE event_id = 'e-own'`);
    return String(event?.id ?? '');
  },
  shop: () => Promise.resolve(OWNER),
  account: () => Promise.resolve('zto-own'),
  fee: async (rig, env) => aFeeThatStands(rig.db, await intercept(rig, env)),
  invoice: ({ db }) => anInvoice(db, OWNER),
  refund: async (rig, env) => aRefundToApprove(rig.db, await intercept(rig, env)),
  return: async (rig, env) => aReturn(rig.db, await intercept(rig, env)),
  claim: async (rig, env) => aClaim(rig.db, env, await intercept(rig, env)),
};
