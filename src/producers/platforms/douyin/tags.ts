import type { AfterSaleFacts, AfterSaleStatus } from '../../../domain/aftersale/after-sale.js';

/** What one message tag tells us of an after-sale. */
export interface TagRow {
  /** The platform's event name, its spelling included. */
  readonly name: string;
  readonly zh: string;
  /** The status this event brings; null: the event is about something else, its `aftersale_status` field says where it stands. */
  readonly status: AfterSaleStatus | null;
  /** Fields that hold the time of the change, the first one present counts; then `update_time`. */
  readonly times: readonly string[];
  readonly arbitration: AfterSaleFacts['arbitration'] | null;
}

/**
 * The messages we understand (reference/platforms.md 1.2). Returns and exchanges are no reason to intercept (R15), but
 * 202, 203 and 205 carry the type: a refund-only that became a return is noticed even if its 208 never came. 209 moves
 * the platform's own clock (R73).
 */
export const TAGS = {
  '200': { name: 'RefundCreated', zh: '买家发起售后申请', status: 'open', times: ['apply_time'], arbitration: null },
  '201': { name: 'RefundAgreed', zh: '同意退款', status: 'agreed', times: ['agree_time'], arbitration: null },
  '202': {
    name: 'ReturnApplyAgreed',
    zh: '同意退货申请',
    status: 'agreed',
    // The doc sample says agree_time, the Go SDK refuse_time.
    times: ['agree_time', 'refuse_time'],
    arbitration: null,
  },
  '203': {
    name: 'BuyerReturnGoods',
    zh: '买家退货给卖家',
    status: 'agreed',
    times: ['return_time'],
    arbitration: null,
  },
  '204': { name: 'RefundRefused', zh: '拒绝退款', status: 'refused', times: ['refuse_time'], arbitration: null },
  '205': {
    name: 'ReturnApplyRefused',
    zh: '拒绝退货申请',
    status: 'refused',
    times: ['refuse_time'],
    arbitration: null,
  },
  '206': { name: 'RefundSuccess', zh: '退款成功', status: 'paid', times: ['success_time'], arbitration: null },
  '207': { name: 'RefundClosed', zh: '售后关闭', status: 'closed', times: ['close_time'], arbitration: null },
  '208': { name: 'RefundModified', zh: '买家修改售后申请', status: 'open', times: ['modify_time'], arbitration: null },
  '209': { name: 'ExpirationChange', zh: '售后超时时长变更', status: null, times: [], arbitration: null },
  '212': { name: 'ArbitrateApplied', zh: '买家发起客服仲裁', status: null, times: [], arbitration: 'applied' },
  '213': { name: 'ArbitrateSubmiting', zh: '客服要求商家上传凭证', status: null, times: [], arbitration: 'applied' },
  '214': { name: 'ArbitrateSubmited', zh: '商家上传仲裁凭证', status: null, times: [], arbitration: 'applied' },
  '215': { name: 'ArbitrateCancelled', zh: '买家取消仲裁', status: null, times: [], arbitration: 'cancelled' },
  '216': { name: 'ArbitrateAudited', zh: '客服仲裁结果', status: null, times: [], arbitration: 'ended' },
  '217': { name: 'ArbitrateServiceIntervene', zh: '仲裁客服介入', status: null, times: [], arbitration: 'applied' },
} as const satisfies Record<string, TagRow>;

const OF_AN_ORDER = 'names an order and no after-sale; the detail read shows what became of its parcels';

/** The messages we know and leave alone, and why. They carry nothing a decision needs. */
export const IGNORED_TAGS = {
  '0': 'the check of the webhook address',
  '102': `TradeSellerShip ${OF_AN_ORDER}`,
  '103': 'TradeSuccess names an order; a completed trade says nothing of where the parcel is (R70)',
  '104': `TradeLogisticsChanged ${OF_AN_ORDER}`,
  '106': 'TradeCanceled comes before shipment, when there is no parcel to stop',
  '108': `TradePartlySellerShip ${OF_AN_ORDER}`,
  '211': 'ExchangeComfirmed is an exchange, never a refund-only; a change of type arrives as 208',
  '218': 'ArbitrateDiscussUpload is evidence handed in, which changes neither status nor arbitration',
  '224': 'SpecialRefund pays a special right; what it means for the goods is not documented',
  '225': 'SpecialRefundSuccess pays a special right; what it means for the goods is not documented',
  '226': 'a reshipment, not a refund',
  '227': 'a reshipment, not a refund',
} as const satisfies Record<string, string>;

/** The row of an understood tag, or why the message is ignored. A tag nobody documented is ignored by its number. */
export function tagMeaning(tag: string): TagRow | string {
  if (Object.hasOwn(TAGS, tag)) return TAGS[tag as keyof typeof TAGS];
  if (Object.hasOwn(IGNORED_TAGS, tag)) return IGNORED_TAGS[tag as keyof typeof IGNORED_TAGS];
  return `tag ${tag} is not in the table`;
}
