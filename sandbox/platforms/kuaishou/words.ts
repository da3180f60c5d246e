import type { Refund, RefundEvent } from '../../refunds/refund.js';

/** `handlingWay`. Before shipment is money-only too: the order tells it apart. */
export const HANDLING_WAY = {
  refund_only: 10,
  before_shipment: 10,
  return_refund: 1,
  exchange: 3,
} as const satisfies Record<Refund['type'], number>;

/** `status` of messages. */
const MESSAGE_STATUS = {
  open: 10,
  agreed: 50,
  refused: 12,
  paid: 60,
  closed: 70,
} as const satisfies Record<Refund['status'], number>;

/** `eventType` of updateRefund. A withdrawal has none of its own. */
export const EVENT_TYPE = {
  created: 0,
  modified: 4,
  agreed: 3,
  refused: 2,
  paid: 60,
  closed: 70,
  arbitrated: 4,
} as const satisfies Record<RefundEvent, number>;

const isReturn = ({ type }: Refund) => type === 'return_refund';

/** 20: the platform has been called in. */
export function messageStatus(refund: Refund): number {
  return refund.status === 'open' && refund.arbitration === 'applied' ? 20 : MESSAGE_STATUS[refund.status];
}

/** `status` of the API: a refusal is no status of its own there, `negotiateStatus` tells it. */
export function apiStatus(refund: Refund): number {
  const open = refund.arbitration === 'applied' ? 20 : 10;
  if (refund.status === 'open' || refund.status === 'refused') return isReturn(refund) ? open + 1 : open;
  return MESSAGE_STATUS[refund.status];
}

/** `negotiateStatus`: 1 the seller has not answered, 2 agreed, 3 refused. */
export function negotiateStatus({ status }: Refund): number {
  if (status === 'open' || status === 'closed') return 1;
  return status === 'refused' ? 3 : 2;
}

/** `orderBaseInfo.status`: paid, shipped, or cancelled after the money went back before shipment. */
export function orderStatus({ parcels, type, status }: Refund): number {
  if (type === 'before_shipment' || parcels.length === 0) return status === 'paid' ? 80 : 30;
  return 40;
}
