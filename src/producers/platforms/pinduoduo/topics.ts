import type { AfterSaleStatus } from '../../../domain/aftersale/after-sale.js';

/** What a message type tells us of an after-sale. */
export interface MessageRow {
  readonly zh: string;
  readonly status: AfterSaleStatus;
  /** Only goods on their way back bring it. */
  readonly withGoods?: true;
}

/**
 * The messages we understand (reference/platforms.md 3.2). Modified, refused, paid and arbitrated after-sales have no
 * message that anybody has published: the poll finds them.
 */
export const MESSAGE_TYPES = {
  pdd_refund_RefundCreated: { zh: '退款创建', status: 'open' },
  pdd_refund_RefundAgreeAgreement: { zh: '同意退款协议', status: 'agreed' },
  pdd_refund_RefundBuyerReturnGoods: { zh: '买家退货给卖家', status: 'agreed', withGoods: true },
  pdd_refund_RefundClosed: { zh: '售后单关闭', status: 'closed' },
} as const satisfies Record<string, MessageRow>;

const OF_AN_ORDER = 'names an order and no after-sale; the detail read shows what became of its parcel';

/** The messages we know and leave alone, and why. They carry nothing a decision needs. */
export const IGNORED_TYPES = {
  pdd_trade_TradeConfirmed: `a new trade ${OF_AN_ORDER}`,
  pdd_trade_TradeSellerShip: `a shipment ${OF_AN_ORDER}`,
  pdd_trade_TradeSuccess: 'a completed trade says nothing of where the parcel is (R70)',
  pdd_trade_TradeRiskChanged: `a review of the order ${OF_AN_ORDER}`,
  pdd_trade_TradeLogisticsAddressChanged: `a change of address ${OF_AN_ORDER}`,
} as const satisfies Record<string, string>;

/** The row of an understood type, or why the message is ignored. A type nobody listed is ignored by its name. */
export function messageMeaning(type: string): MessageRow | string {
  if (Object.hasOwn(MESSAGE_TYPES, type)) return MESSAGE_TYPES[type as keyof typeof MESSAGE_TYPES];
  if (Object.hasOwn(IGNORED_TYPES, type)) return IGNORED_TYPES[type as keyof typeof IGNORED_TYPES];
  return `the message type ${/^[\w.]{1,80}$/.test(type) ? type : 'of this name'} is not in the table`;
}
