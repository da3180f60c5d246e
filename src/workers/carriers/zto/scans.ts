import type { StatusAnswer } from '../../../domain/carrier/port.js';
import type { ParcelPhase } from '../../../domain/tracking/sighting.js';

interface ScanRow {
  readonly zh: string;
  readonly phase: ParcelPhase;
}

/** `action` of a track push. */
export const PUSH_ACTIONS: Readonly<Record<string, ScanRow>> = {
  GOT: { zh: '收件', phase: 'picked_up' },
  DEPARTURE: { zh: '发件', phase: 'moving' },
  // A hub or the delivery branch, the push does not say: it may still be stopped, and ZTO answers E23137 if not.
  ARRIVAL: { zh: '到件', phase: 'moving' },
  DISPATCH: { zh: '派件', phase: 'out_for_delivery' },
  // In a station or a locker, not yet with the buyer: past stopping, not delivered.
  INBOUND: { zh: '入站', phase: 'out_for_delivery' },
  HANDOVERSCAN_SIGNED: { zh: '第三方妥投', phase: 'delivered' },
  DEPARTURE_SIGNED: { zh: '出站签收', phase: 'delivered' },
  SIGNED: { zh: '签收', phase: 'delivered' },
  RETURN_SCAN: { zh: '退件', phase: 'returning' },
  RETURN_SIGNED: { zh: '退件签收', phase: 'returned' },
  // Refused, damaged, wrong address, lost: `problemCode` would say and its values are not documented, so it blocks (R70).
  PROBLEM: { zh: '问题件', phase: 'unknown' },
};

/** `scanType` of the track query. Some words equal those of the push and mean something else. */
export const SCAN_TYPES: Readonly<Record<string, ScanRow>> = {
  收件: { zh: '收件', phase: 'picked_up' },
  发件: { zh: '发件', phase: 'moving' },
  到件: { zh: '到件', phase: 'moving' },
  安检: { zh: '安检', phase: 'moving' },
  派件: { zh: '派件', phase: 'out_for_delivery' },
  签收: { zh: '签收', phase: 'delivered' },
  退件: { zh: '退件', phase: 'returning' },
  退件签收: { zh: '退件签收', phase: 'returned' },
  问题件: { zh: '问题件', phase: 'unknown' },
  事件: { zh: '事件', phase: 'unknown' },
  // Handed to another courier, who may do anything with it.
  转单: { zh: '转单', phase: 'unknown' },
  // Stations and lockers.
  ARRIVAL: { zh: '入柜', phase: 'out_for_delivery' },
  DELIVERY: { zh: '上门派送', phase: 'out_for_delivery' },
  SIGNED: { zh: '取出', phase: 'delivered' },
  DEPARTURE: { zh: '异常出站', phase: 'unknown' },
  // After 转单.
  '1': { zh: '收件', phase: 'picked_up' },
  '2': { zh: '发件', phase: 'moving' },
  '3': { zh: '到件', phase: 'moving' },
  '4': { zh: '派件', phase: 'out_for_delivery' },
  '5': { zh: '签收', phase: 'delivered' },
  '7': { zh: '第三方签收', phase: 'delivered' },
  '8': { zh: '退件', phase: 'returning' },
  '9': { zh: '转单', phase: 'unknown' },
  '44': { zh: '第三方进站', phase: 'out_for_delivery' },
  // Out of the station with the buyer or with the courier: not said.
  '45': { zh: '第三方出站', phase: 'unknown' },
};

/** `data.status` of queryInterceptAndReturnStatus. */
export const STATUS_WORDS: Readonly<Record<string, { readonly zh: string; readonly kind: StatusAnswer['kind'] }>> = {
  INTERCEPTING: { zh: '拦截中', kind: 'pending' },
  INTERCEPT_SUCCESS: { zh: '拦截成功', kind: 'stopped' },
  PACKAGE_DELIVERYING: { zh: '退改中', kind: 'returning' },
  INTERCEPT_DISCONTINUE: { zh: '拦截完结', kind: 'finished' },
  INTERCEPT_FAIL: { zh: '拦截失败', kind: 'failed' },
  INTERCEPT_CANCEL: { zh: '取消拦截', kind: 'cancelled' },
};
