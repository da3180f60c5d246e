import type { AfterSaleFacts, AfterSaleStatus } from '../../../domain/aftersale/after-sale.js';

/** How a topic writes its content (reference/platforms.md 2.2). */
export type Shape = 'refund' | 'dispute' | 'ag';

/** What one topic tells us of an after-sale. */
export interface TopicRow {
  readonly zh: string;
  readonly shape: Shape;
  /** The status it brings; null: it is about something else, the detail read says where the after-sale stands. */
  readonly status: AfterSaleStatus | null;
  readonly arbitration: NonNullable<AfterSaleFacts['arbitration']> | null;
}

const refund = (zh: string, status: AfterSaleStatus | null) =>
  ({ zh, shape: 'refund', status, arbitration: null }) as const;
const dispute = (zh: string, status: AfterSaleStatus | null) =>
  ({ zh, shape: 'dispute', status, arbitration: null }) as const;

/** The topics we understand. A negotiation moves amounts and terms, which only the detail states. */
export const TOPICS = {
  taobao_refund_RefundCreated: refund('退款创建', 'open'),
  taobao_refund_RefundBuyerModifyAgreement: refund('买家修改退款协议', 'open'),
  taobao_refund_RefundSellerAgreeAgreement: refund('卖家同意退款协议', 'agreed'),
  taobao_refund_RefundSellerRefuseAgreement: refund('卖家拒绝退款协议', 'refused'),
  taobao_refund_RefundBuyerReturnGoods: refund('买家退货给卖家', 'agreed'),
  taobao_refund_RefundClosed: refund('退款关闭', 'closed'),
  taobao_refund_RefundSuccess: refund('退款成功', 'paid'),
  taobao_refund_TaobaoInterApplied: { ...refund('申请淘宝介入', null), arbitration: 'applied' },
  taobao_refund_TaobaoIntervened: { ...refund('淘宝介入退款', null), arbitration: 'applied' },
  taobao_dispute_RefundCreated: dispute('新退款创建', 'open'),
  taobao_dispute_RefundSuccess: dispute('新退款成功', 'paid'),
  taobao_dispute_NegotiationApply: dispute('卖家提交协商申请', null),
  taobao_dispute_NegotiationAgreed: dispute('买家接受协商申请', null),
  taobao_dispute_NegotiationRefused: dispute('买家拒绝协商申请', null),
  taobao_dispute_TaobaoInterApplied: { ...dispute('申请小二介入', null), arbitration: 'applied' },
  taobao_rdc_AgDealRefund: { zh: 'AG退款处理', shape: 'ag', status: null, arbitration: null },
} as const satisfies Record<string, TopicRow>;

const OF_AN_ORDER = 'names an order and no after-sale; the detail read shows what became of its parcels';

/** The topics we know and leave alone, and why. They carry nothing a decision needs. */
export const IGNORED_TOPICS = {
  taobao_refund_RefundCreateMessage: 'a note in the after-sale changes neither status nor terms',
  taobao_ag_RefundBroad: 'says whether a refund was tagged at AG, not where it stands',
  taobao_rdcaligenius_OrderMsgSend: 'holds an order before shipment, when there is no parcel to stop',
  taobao_logistics_LogsticDetailTrace: `a scan ${OF_AN_ORDER}; scans are read from the courier`,
  taobao_logistics_Accept: `a pick-up ${OF_AN_ORDER}; scans are read from the courier`,
  taobao_trade_TradeSellerShip: `TradeSellerShip ${OF_AN_ORDER}`,
  taobao_trade_TradeClose: `TradeClose ${OF_AN_ORDER}`,
  taobao_trade_TradeChanged: `TradeChanged ${OF_AN_ORDER}`,
  taobao_trade_TradePartlyRefund: `TradePartlyRefund ${OF_AN_ORDER}`,
  taobao_trade_TradeSuccess: 'a completed trade says nothing of where the parcel is (R70)',
} as const satisfies Record<string, string>;

/** The row of an understood topic, or why the message is ignored. A topic nobody listed is ignored by its name. */
export function topicMeaning(topic: string): TopicRow | string {
  if (Object.hasOwn(TOPICS, topic)) return TOPICS[topic as keyof typeof TOPICS];
  if (Object.hasOwn(IGNORED_TOPICS, topic)) return IGNORED_TOPICS[topic as keyof typeof IGNORED_TOPICS];
  return `topic ${topic.slice(0, 80)} is not in the table`;
}
