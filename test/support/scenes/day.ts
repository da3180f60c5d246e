import { openBreaker, pauseLane } from '../../../src/domain/store/lane-store.js';
import type { InterceptRequest } from '../../../src/domain/store/request-store.js';
import { type AdminSite, adminSite } from '../admin-site.js';
import { anAccount, aShop } from '../picture.js';

/** A site with a realistic day at a seller's desk, and the ids of what scenes show of it. */
export interface Day {
  readonly site: AdminSite;
  readonly intercepts: Readonly<Record<'refused' | 'held' | 'review' | 'stopped' | 'queued', string>>;
}

/** A parcel of another courier. */
function by(carrier: string, waybillNo: string): Partial<InterceptRequest> {
  return { parcels: [{ carrier, waybillNo, declaredValueFen: 12_900, pickedUpAt: new Date() }] };
}

const SHOPS = [
  aShop(),
  aShop({ id: 'dy-approve', platformShopId: '2', name: '示例母婴专营店', mode: 'approve' }),
] as const;

const rate = (max: number) => ({ rateLimit: { max, perMs: 1_000 } });
const ACCOUNTS = [
  anAccount(rate(20)),
  anAccount({ id: 'yto-main', carrier: 'yto', ...rate(10) }),
  anAccount({ id: 'yunda-main', carrier: 'yunda', ...rate(5), concurrency: 4 }),
] as const;

/** Two shops and three couriers: one runs, one is paused with parcels waiting, one does not answer. */
export async function aDay(): Promise<Day> {
  const site = await adminSite({ shops: SHOPS, accounts: ACCOUNTS });
  const { stories, rig } = site;
  for (let n = 0; n < 6; n += 1) await stories.ago(200).queued(by('yunda', `43120000000${20 + n}`));
  await stories.ago(190).returned();
  await stories.ago(96).accepted();
  await stories.ago(38).tooDear();
  const review = await stories.ago(25).needsReview();
  await stories.ago(21).accepted(by('yunda', '4312000000017'));
  const stopped = await stories.ago(18).intercepted(by('yto', 'YT8800000000021'));
  const held = await stories.ago(12).awaitingApproval();
  const refused = await stories.ago(9).refused();
  await stories.ago(7).phoneBranch();
  await stories.ago(6).notPickedUp();
  await stories.ago(4).uncertain(by('yto', 'YT8800000000038'));
  await stories.ago(3).expired();
  await stories.ago(2).sending();
  const queued = await stories.ago(1).queued();
  await pauseLane(rig.db, 'yunda-yunda-main', true);
  await openBreaker(rig.db, 'yto-yto-main', 'no answers', new Date(Date.now() + 60_000));
  return { site, intercepts: { refused, held, review, stopped, queued } };
}
