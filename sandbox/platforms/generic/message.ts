import { writeWireJson } from '../../frame/wire-json.js';
import type { Made, Occasion } from '../../refunds/door.js';
import type { Refund } from '../../refunds/refund.js';
import type { GenericOptions, GenericSwitches } from './options.js';
import { anotherKey, keyOf, signature } from './sign.js';

const REFUND_TYPE = {
  refund_only: 'refund_only',
  return_refund: 'return_refund',
  before_shipment: 'refund_before_shipment',
  exchange: 'other',
} as const satisfies Record<Refund['type'], string>;

const rfc3339 = (ms: number) => new Date(ms).toISOString();

/** Everything that is known of the refund now, in the words of docs/generic-webhook.md. */
function textOf(refund: Refund): string {
  const { appliedAtMs, updatedAtMs, deadlineAfterMs } = refund;
  return writeWireJson({
    type: 'after_sale',
    afterSaleId: refund.refundId,
    orderId: refund.orderId,
    status: refund.status,
    refundType: REFUND_TYPE[refund.type],
    refundAmountFen: refund.refundFen,
    paidAmountFen: refund.paidFen,
    appliedAt: rfc3339(appliedAtMs),
    updatedAt: rfc3339(updatedAtMs),
    reason: refund.reason,
    deadlineAt: deadlineAfterMs === null ? null : rfc3339(appliedAtMs + deadlineAfterMs),
    parcels: refund.parcels.map(({ companyCode, companyName, waybillNo }) => ({
      carrier: companyCode,
      carrierName: companyName === '' ? null : companyName,
      waybillNo,
    })),
  });
}

/** One message, signed after Standard Webhooks. Every change raises the version, so the id is unique. */
export function message(
  { refund, event, at, spec }: Occasion,
  { secret }: GenericOptions,
  { values }: GenericSwitches,
): Made {
  const id = `msg_${refund.refundId}_${event}_${refund.updatedAtMs}`;
  const timestamp = String(Math.floor((at + values.clockOffMs) / 1000));
  const body = textOf(refund);
  const key = keyOf(secret);
  const right = signature(key, id, timestamp, body);
  const wrong = signature(anotherKey(key), id, timestamp, body);
  const signatures = spec.sign === 'wrong' ? [wrong] : values.rotating ? [wrong, right] : [right];
  return {
    eventId: id,
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    },
  };
}
