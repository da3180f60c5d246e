/**
 * The messages about after-sales (reference/platforms.md 6.2). The body is not signed, so a tag is no more than a reason
 * to read the after-sale again: none of them states anything.
 */
export const AFTER_SALE_TAGS = {
  msg_after_sale_create: '发起售后申请',
  msg_after_sale_transfer: '售后类型变更',
  msg_after_sale_update: '买家修改售后申请',
  msg_after_sale_audit_pass: '同意退货申请',
  msg_after_sale_audit_reject: '卖家审核拒绝',
  msg_after_sale_confirm_receive: '卖家确认收货',
  msg_after_sale_reject_receive: '卖家收货拒绝',
  msg_after_sale_exchange_ship: '卖家换货发货',
  msg_after_sale_closed: '售后关闭',
  msg_after_sale_refund_finished: '退款成功',
} as const satisfies Record<string, string>;

/** The messages we know and leave alone, and why. */
const IGNORED_TAGS: Readonly<Record<string, string>> = {
  msg_fulfillment_status_change: 'names an order and no after-sale; the detail read shows what became of its parcels',
};

const TAG = /^[a-z_]{1,64}$/;

/** Null: the message is about an after-sale. Else why it is ignored. */
export function whyIgnored(tag: string): string | null {
  if (Object.hasOwn(AFTER_SALE_TAGS, tag)) return null;
  if (Object.hasOwn(IGNORED_TAGS, tag)) return `${tag} ${IGNORED_TAGS[tag]}`;
  return `${TAG.test(tag) ? tag : 'a msgTag of this form'} is not in the table`;
}
