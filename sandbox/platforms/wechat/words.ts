import type { Refund } from '../../refunds/refund.js';

/** `type`. Before shipment is REFUND too: the order tells it apart. */
export const TYPE = {
  refund_only: 'REFUND',
  before_shipment: 'REFUND',
  return_refund: 'RETURN',
  exchange: 'EXCHANGE',
} as const satisfies Record<Refund['type'], string>;

const STATUS = {
  open: 'MERCHANT_PROCESSING',
  agreed: 'PLATFORM_REFUNDING',
  refused: 'MERCHANT_REJECT_REFUND',
  paid: 'MERCHANT_REFUND_SUCCESS',
  closed: 'USER_CANCELD',
} as const satisfies Record<Refund['status'], string>;

const STATUS_OF_RETURN = {
  open: 'MERCHANT_PROCESSING',
  agreed: 'USER_WAIT_RETURN',
  refused: 'MERCHANT_REJECT_RETURN',
  paid: 'MERCHANT_RETURN_SUCCESS',
  closed: 'RETURN_CLOSED',
} as const satisfies Record<Refund['status'], string>;

/** `status`, the platform's spelling included. */
export function statusWord({ type, status }: Refund): string {
  return type === 'return_refund' ? STATUS_OF_RETURN[status] : STATUS[status];
}
