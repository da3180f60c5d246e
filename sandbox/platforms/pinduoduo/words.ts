import { chinaTime } from '../../frame/clock.js';
import { Digits, type WireValue } from '../../frame/wire-json.js';
import type { Refund, RefundEvent } from '../../refunds/refund.js';
import type { PinduoduoSwitches } from './options.js';

/** `bill_type` of messages and `after_sales_type` of the detail. Before shipment is money-only too. */
export const TYPE = {
  refund_only: 1,
  before_shipment: 1,
  return_refund: 2,
  exchange: 3,
} as const satisfies Record<Refund['type'], number>;

/** `after_sales_type` of the list, where 1 is "all". */
export const LIST_TYPE = {
  refund_only: 2,
  before_shipment: 2,
  return_refund: 3,
  exchange: 4,
} as const satisfies Record<Refund['type'], number>;

/** The message of an event; null: none is known. */
export const MESSAGE_TYPE = {
  created: 'pdd_refund_RefundCreated',
  modified: null,
  agreed: 'pdd_refund_RefundAgreeAgreement',
  refused: null,
  paid: null,
  closed: 'pdd_refund_RefundClosed',
  arbitrated: null,
} as const satisfies Record<RefundEvent, string | null>;

const STATUS = { open: 2, agreed: 4, refused: 6, paid: 10, closed: 11 } as const;
const RETURN_STATUS = { ...STATUS, open: 3, agreed: 7 } as const;
const EXCHANGE_STATUS = { ...STATUS, open: 14, agreed: 15, paid: 16 } as const;
const PLATFORM_DECIDES = 8;

/** `after_sales_status`. */
export function statusOf({ type, status, arbitration }: Refund): number {
  if (type === 'exchange') return EXCHANGE_STATUS[status];
  if (arbitration === 'applied' && status === 'open') return PLATFORM_DECIDES;
  return type === 'return_refund' ? RETURN_STATUS[status] : STATUS[status];
}

/** 待发货, 已发货待签收. */
export function orderStatus({ type, parcels }: Refund): number {
  return type === 'before_shipment' || parcels.length === 0 ? 1 : 2;
}

/** `refund_status` of the order. */
export const ORDER_REFUND_STATUS = {
  open: 2,
  agreed: 3,
  refused: 2,
  paid: 4,
  closed: 1,
} as const satisfies Record<Refund['status'], number>;

/** Ids are bare numbers on this platform's wire. */
export function bare(id: string): WireValue {
  return /^(0|[1-9]\d*)$/.test(id) ? new Digits(id) : id;
}

export function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}

/** A time of a refund in the list and the detail: text, of whole seconds. */
export function timeText(ms: number, { values }: PinduoduoSwitches): string {
  if (values.times === 'seconds') return String(Math.floor(ms / 1_000));
  const china = chinaTime(ms);
  return values.times === 'china' ? china : `${china.replace(' ', 'T')}+08:00`;
}
