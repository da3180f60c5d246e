import type { Refund, RefundEvent } from '../../refunds/refund.js';

/** `returnType`. 4 and 5 are the same wish on a shipped order and before shipment. */
export const RETURN_TYPE = {
  refund_only: 4,
  before_shipment: 5,
  return_refund: 1,
  exchange: 2,
} as const satisfies Record<Refund['type'], number>;

const STATUS = { open: 1, agreed: 1, refused: 9, paid: 4, closed: 5 } as const satisfies Record<
  Refund['status'],
  number
>;

/** `status`: an agreed return waits for the goods, agreed money only waits for `refundStatus`. */
export function statusCode({ status, type, arbitration }: Refund): number {
  if (status === 'open' && arbitration === 'applied') return 14;
  if (status === 'agreed') return type === 'return_refund' ? 2 : 4;
  return STATUS[status];
}

/** `refundStatus`: created, on its way, done, cancelled. */
export function refundStatusCode({ status }: Refund): number {
  const codes = { open: 101, agreed: 1, refused: 302, paid: 2, closed: 401 } as const;
  return codes[status];
}

/** `msgTag`. There is none for the platform being called in but the change of type. */
export const MSG_TAG = {
  created: 'msg_after_sale_create',
  modified: 'msg_after_sale_update',
  agreed: 'msg_after_sale_audit_pass',
  refused: 'msg_after_sale_audit_reject',
  paid: 'msg_after_sale_refund_finished',
  closed: 'msg_after_sale_closed',
  arbitrated: 'msg_after_sale_transfer',
} as const satisfies Record<RefundEvent, string>;

/** Fen as yuan with the fewest digits, as a JSON number: `8900` → 89, `8905` → 89.05. */
export function yuan(fen: number): number {
  return Number(`${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`);
}
