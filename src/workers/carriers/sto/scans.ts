import type { ParcelPhase } from '../../../domain/tracking/sighting.js';

/** `scanType`, the same Chinese words in the track query and in a push. */
export const SCAN_TYPES: Readonly<Record<string, { readonly phase: ParcelPhase }>> = {
  收件: { phase: 'picked_up' },
  发件: { phase: 'moving' },
  // A hub or the delivery branch: not said.
  到件: { phase: 'moving' },
  装袋: { phase: 'moving' },
  派件: { phase: 'out_for_delivery' },
  第三方代派: { phase: 'out_for_delivery' },
  // In a locker or a station, not yet with the buyer: past stopping, not delivered.
  柜机代收: { phase: 'out_for_delivery' },
  驿站代收: { phase: 'out_for_delivery' },
  // Out of there again, with the buyer or with STO's man: not said.
  快件取出: { phase: 'unknown' },
  驿站出库: { phase: 'unknown' },
  签收: { phase: 'delivered' },
  客户签收: { phase: 'delivered' },
  退回件: { phase: 'returning' },
  // On its way to another address, whose is not said.
  改地址件: { phase: 'unknown' },
  // A buyer's refusal too (`issueName` 拒收): it may still be delivered, and is no return before 退回件 says so.
  问题件: { phase: 'unknown' },
  // Handed to the post or to another courier, who may do anything with it.
  转邮: { phase: 'unknown' },
  转同行: { phase: 'unknown' },
  // Retired words, which old tracks still have.
  派件入柜: { phase: 'out_for_delivery' },
  第三方代收: { phase: 'out_for_delivery' },
  留仓件: { phase: 'unknown' },
  代取快递: { phase: 'unknown' },
};
