import type { StatusAnswer } from '../../../domain/carrier/port.js';
import type { ParcelPhase } from '../../../domain/tracking/sighting.js';
import { lookUp } from '../look-up.js';

interface ScanRow {
  readonly zh: string;
  readonly phase: ParcelPhase;
}

/**
 * JD's level-1 status of a shipment: `category` of a scan, and the answer to a status query. A status says where the
 * shipment is and nothing of an order to stop it, with the one exception of 480.
 */
export const CATEGORIES: Readonly<Record<string, ScanRow & { readonly kind: StatusAnswer['kind'] }>> = {
  '100': { zh: '已接单', phase: 'announced', kind: 'unclear' },
  '390': { zh: '已下发', phase: 'announced', kind: 'unclear' },
  // Held back by whom and for what is not said.
  '403': { zh: '控单中', phase: 'unknown', kind: 'unclear' },
  '420': { zh: '已揽收', phase: 'picked_up', kind: 'unclear' },
  '430': { zh: '运输中', phase: 'moving', kind: 'unclear' },
  '440': { zh: '派送中', phase: 'out_for_delivery', kind: 'unclear' },
  '480': { zh: '已拦截', phase: 'returning', kind: 'stopped' },
  '500': { zh: '异常终止', phase: 'unknown', kind: 'unclear' },
  // Perhaps of the way back: the track tells.
  '510': { zh: '妥投', phase: 'delivered', kind: 'unclear' },
  '530': { zh: '拒收', phase: 'returning', kind: 'unclear' },
  // The shipment was cancelled, not the order to stop it: nothing travels (R53).
  '690': { zh: '已取消', phase: 'unknown', kind: 'never_left' },
  '700': { zh: '退款', phase: 'unknown', kind: 'unclear' },
};

/** `state` of a scan: the event itself. */
export const STATES: Readonly<Record<string, ScanRow>> = {
  '10010': { zh: '订单初始化', phase: 'announced' },
  '200001': { zh: '揽收', phase: 'picked_up' },
  '10032': { zh: '分拣验货', phase: 'moving' },
  '10054': { zh: '分拣发货', phase: 'moving' },
  '200017': { zh: '分拣收货', phase: 'moving' },
  '200076': { zh: '封车', phase: 'moving' },
  '10033': { zh: '站点验货', phase: 'at_branch' },
  '200075': { zh: '站点收货', phase: 'at_branch' },
  '11000': { zh: '派件', phase: 'out_for_delivery' },
  '10034': { zh: '妥投', phase: 'delivered' },
  '10035': { zh: '拒收', phase: 'returning' },
  // Delivery was tried: past the window, and not with the buyer.
  '200003': { zh: '站点再投', phase: 'out_for_delivery' },
  '200023': { zh: '协商再投', phase: 'out_for_delivery' },
  '200010': { zh: '取消完成', phase: 'unknown' },
  // A new label with a new waybill: the way back of an intercept is thought to begin so, and so may another's.
  '200020': { zh: '换单打印', phase: 'unknown' },
  '200033': { zh: '再投后退回', phase: 'returning' },
  '200052': { zh: '终止揽收', phase: 'unknown' },
  // Goods of returns that JD fetched: not the parcels that we follow.
  '200054': { zh: '上门接货退货完成', phase: 'unknown' },
  '200060': { zh: '三方收货退货', phase: 'unknown' },
};

/** JOS has no codes: `opeTitle` is taken to be the name of the event or of the status, to the letter. */
const TITLES: Readonly<Record<string, ScanRow>> = Object.fromEntries(
  [...Object.values(STATES), ...Object.values(CATEGORIES)].map((row) => [row.zh, row]),
);

/** What is believed when two words of one scan differ, the last most: what blocks over what lets pass, the end over all. */
const BELIEVED: readonly ParcelPhase[] = [
  'announced',
  'picked_up',
  'moving',
  'at_branch',
  'out_for_delivery',
  'unknown',
  'lost',
  'delivered',
  'returning',
  'returned',
];

type TaughtPhases = Readonly<Record<string, ParcelPhase>>;

/** What a word means: as documented, where that says enough, else as the account says; undefined: nobody explained it. */
function phaseOf(documented: Readonly<Record<string, ScanRow>>, word: string, taught: TaughtPhases) {
  const phase = lookUp(documented, word)?.phase;
  return phase === undefined || phase === 'unknown' ? (lookUp(taught, word) ?? phase) : phase;
}

/** The phase of a LOP scan, by its event and its status together. */
export function lopPhase(state: string, category: string, taught: TaughtPhases): ParcelPhase {
  const phases = [phaseOf(STATES, state, taught), phaseOf(CATEGORIES, category, taught)];
  const known = phases.filter((phase) => phase !== undefined);
  const rank = (phase: ParcelPhase): number => BELIEVED.indexOf(phase);
  return known.sort((a, b) => rank(b) - rank(a))[0] ?? 'unknown';
}

/** The phase of a JOS scan, by its title. */
export function josPhase(title: string, taught: TaughtPhases): ParcelPhase {
  return phaseOf(TITLES, title, taught) ?? 'unknown';
}
