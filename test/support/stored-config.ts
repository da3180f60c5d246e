import { applySettings, configVersion } from '../../src/domain/store/settings-store.js';
import { CREDENTIALS, FEATURES } from '../../src/system.js';
import { aFile, anAccountEntry, aShopEntry, parsed } from './settings-file.js';
import { RIG_SECRETS } from './test-key.js';
import type { WebRig } from './web-rig.js';

const CHECKS = { credentials: CREDENTIALS, features: FEATURES };
const BOT = 'https://oapi.dingtalk.com/robot/send?access_token=0123456789';

/** A seller's configuration with something in every section. */
const WHOLE_FILE = aFile({
  shops: [
    aShopEntry({ returnAddress: { name: '退货仓', phone: '13812345678' } }),
    aShopEntry({
      id: 'dy-approve',
      platformShopId: '10437918',
      name: '示例母婴专营店',
      mode: 'approve',
      policy: 'careful',
    }),
  ],
  carrierAccounts: [
    anAccountEntry(),
    anAccountEntry({
      id: 'yto-main',
      carrier: 'yto',
      credentials: { appKey: 'yto-key', customerCode: 'K21000119', appSecret: 'yto-secret' },
      rateLimit: { max: 10, perMs: 1_000 },
    }),
    anAccountEntry({ id: 'yunda-main', carrier: 'yunda', rateLimit: { max: 5, perMs: 1_000 }, concurrency: 4 }),
  ],
  tariffs: [
    { carrier: 'zto', feeFen: 300, from: '2024-11-18' },
    { carrier: 'zto', feeFen: 350, from: '2099-01-01' },
    { carrier: 'yto', feeFen: 400, from: '2024-11-18' },
  ],
  policies: [
    { id: 'default', approvalAboveFen: 80_000, budget: { perDayFen: 500_000, perHourCount: 2_000 } },
    { id: 'careful', auto: false },
  ],
  retention: { rawDays: 30, personalDays: 90 },
  notifications: [{ id: 'ops-bot', kind: 'dingtalk', url: BOT, events: ['alert.*'] }],
  endpoints: [
    { id: 'erp', url: 'https://erp.example.com/hooks', secret: 'secret-of-the-erp', events: ['intercept.*'] },
  ],
});

/** Stores a configuration as `jiejian apply` does; what stands there already stays. Returns its version. */
export async function storeConfig({ db }: Pick<WebRig, 'db'>, file = WHOLE_FILE): Promise<number> {
  const by = { prune: false, actor: 'user:ops@example.com', now: new Date() };
  await applySettings(db, RIG_SECRETS, parsed(file, CHECKS), by);
  return configVersion(db);
}
