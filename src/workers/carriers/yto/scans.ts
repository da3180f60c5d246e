import { parseChinaTime } from '../../../domain/china-time.js';
import type { ParcelPhase } from '../../../domain/tracking/sighting.js';

interface ScanRow {
  readonly zh: string;
  readonly phase: ParcelPhase;
}

/** `infoContent`, the same words in a push and in the track query. */
export const INFO_CONTENTS: Readonly<Record<string, ScanRow>> = {
  // Before the pick-up; only pushes have these three.
  ACCEPT: { zh: '接单', phase: 'announced' },
  ORDER_BOOKING: { zh: '修改预约取件时间', phase: 'announced' },
  NOT_SEND: { zh: '揽收失败', phase: 'announced' },
  GOT: { zh: '已揽收', phase: 'picked_up' },
  ARRIVAL: { zh: '已收入', phase: 'moving' },
  DEPARTURE: { zh: '已发出', phase: 'moving' },
  AIRSEND: { zh: '航空发货', phase: 'moving' },
  AIRPICK: { zh: '航空提货', phase: 'moving' },
  SENT_SCAN: { zh: '派件', phase: 'out_for_delivery' },
  // In a locker, not yet with the buyer: past stopping, not delivered.
  INBOUND: { zh: '自提柜入柜', phase: 'out_for_delivery' },
  // Delivery was tried: past YTO's window ("派件前"), and not with the buyer.
  FAILED: { zh: '签收失败', phase: 'out_for_delivery' },
  SIGNED: { zh: '签收成功', phase: 'delivered' },
  TMS_RETURN: { zh: '退回', phase: 'returning' },
  // On its way to another address, whose is not said.
  FORWARDING: { zh: '转寄', phase: 'unknown' },
};

const TAIL = /(?:\.\d{1,3})?(?: CST)?$/;

/** YTO's local time: `yyyy-MM-dd HH:mm:ss`; a push may write `.0 CST` behind it (China Standard Time). Null: unreadable. */
export function parseYtoTime(text: string): Date | null {
  return parseChinaTime(text.trim().replace(TAIL, ''));
}
