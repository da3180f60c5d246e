import type { DatedFacts } from '../../../domain/aftersale/after-sale.js';
import { sha256 } from '../../../domain/ids.js';
import { type EventEnvelope, type PlatformEvent, UnreadableEvent } from '../../../domain/platform/port.js';
import { composedId } from '../event-id.js';
import { codeAt, type Fields, fieldsAt, isFields, msAt, stated, textAt, yuanAt } from '../fields.js';
import { arbitrationOf, statusOf, typeOf } from './codes.js';

/** What of a record we keep: the rest names the buyer, or decides nothing. */
const KEPT = [
  'returnsId',
  'returnType',
  'status',
  'refundStatus',
  'orderId',
  'applyTime',
  'updatedAt',
  'expireTime',
  'expectedRefundAmountYuan',
  'appliedShipFeeAmountYuan',
  'reasonNameZh',
] as const;

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Ids of this platform are text (`R6242141112658161`, `P768291112062421411`). */
export function isReturnsId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

/** -1 where the seller need not act. Its unit is not documented: whatever is no instant in ms is passed over. */
function clockAt(record: Fields): number | undefined {
  try {
    return msAt(record, 'expireTime');
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

/** What an after-sale says of itself, the same fields in the list and in the detail. */
export function returnsUpdate(record: Fields): DatedFacts {
  const status = codeAt(record, 'status');
  const returnType = codeAt(record, 'returnType');
  const atMs = msAt(record, 'updatedAt');
  if (atMs === undefined) throw new UnreadableEvent('updatedAt is missing');
  const { orderId } = record;
  return {
    atMs,
    facts: stated({
      orderId: isReturnsId(orderId) ? orderId : undefined,
      type: typeOf(returnType),
      status: statusOf(status, returnType, codeAt(record, 'refundStatus')),
      refundAmountFen: yuanAt(record, 'expectedRefundAmountYuan'),
      refundPostFen: yuanAt(record, 'appliedShipFeeAmountYuan'),
      arbitration: arbitrationOf(status),
      reason: textAt(record, 'reasonNameZh'),
      platformDeadlineMs: clockAt(record),
      appliedAtMs: msAt(record, 'applyTime'),
    }),
  };
}

/** A record of the list as the inbox keeps it. Its version is its time and its status. */
export function polledEnvelope(record: unknown): EventEnvelope {
  const kept = isFields(record)
    ? Object.fromEntries(KEPT.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])))
    : (record ?? null);
  const payload = JSON.stringify({ polled: kept });
  const fields: Fields = isFields(kept) ? kept : {};
  const version = composedId(fields.returnsId, fields.updatedAt, fields.status);
  return { eventId: `poll/${version ?? sha256(payload)}`, payload };
}

/** Understands a record of the list. Throws UnreadableEvent. */
export function readPolled(value: unknown): PlatformEvent {
  const record = fieldsAt(value, 'the record');
  const { returnsId } = record;
  if (!isReturnsId(returnsId)) throw new UnreadableEvent('returnsId is missing or not an id');
  const update = returnsUpdate(record);
  return { kind: 'after_sale', afterSaleId: returnsId, update, arbitration: update.facts.arbitration === 'applied' };
}
