import type { ParcelPhase } from '../../../domain/tracking/sighting.js';

interface ScanRow {
  readonly zh: string;
  readonly phase: ParcelPhase;
}

/** `action` of a step, and of the push as far as that is known. */
export const ACTIONS: Readonly<Record<string, ScanRow>> = {
  ACCEPT: { zh: '收件扫描', phase: 'picked_up' },
  GOT: { zh: '揽件扫描', phase: 'picked_up' },
  ARRIVAL: { zh: '入中转', phase: 'moving' },
  DEPARTURE: { zh: '出中转', phase: 'moving' },
  SENT: { zh: '派件中', phase: 'out_for_delivery' },
  // In a station or a locker, not yet with the buyer: past stopping, not delivered.
  INBOUND: { zh: '第三方代收入库', phase: 'out_for_delivery' },
  // The courier's man took it out again, to deliver it or to send it back: not said.
  OUTBOUND: { zh: '第三方代收快递员取出', phase: 'unknown' },
  SIGNED: { zh: '已签收', phase: 'delivered' },
  // Delivery was tried: past the window, and not with the buyer.
  SIGNFAIL: { zh: '签收失败', phase: 'out_for_delivery' },
  RETURN: { zh: '退回件', phase: 'returning' },
  REJECTION: { zh: '拒收', phase: 'returning' },
  ISSUE: { zh: '问题件', phase: 'unknown' },
  // Handed to another courier, who may do anything with it.
  TRANSFER: { zh: '转单', phase: 'unknown' },
  OTHER: { zh: '其他', phase: 'unknown' },
  // Parcels across a border, which R10 leaves alone.
  OVERSEA_IN: { zh: '入库扫描', phase: 'unknown' },
  OVERSEA_OUT: { zh: '出库扫描', phase: 'unknown' },
  OVERSEA_ARRIVAL: { zh: '干线到达', phase: 'unknown' },
  OVERSEA_DEPARTURE: { zh: '干线离开', phase: 'unknown' },
  CLEARANCE_START: { zh: '清关开始', phase: 'unknown' },
  CLEARANCE_FINISH: { zh: '清关结束', phase: 'unknown' },
  CLEARANCE_FAIL: { zh: '清关失败', phase: 'unknown' },
};
