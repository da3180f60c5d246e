import type { DatedFacts } from '../../../domain/aftersale/after-sale.js';
import { sha256 } from '../../../domain/ids.js';
import { type EventEnvelope, type PlatformEvent, UnreadableEvent } from '../../../domain/platform/port.js';
import { composedId } from '../event-id.js';
import { codeAt, type Fields, fenAt, fieldsAt, idAt, isFields, msAt, requiredIdAt, stated, textAt } from '../fields.js';
import { arbitrationOf, statusOf, typeOf } from './codes.js';

/** What of a record we keep: the rest names the buyer, or decides nothing. */
const KEPT = [
  'refundId',
  'oid',
  'handlingWay',
  'specialRefundType',
  'status',
  'negotiateStatus',
  'refundFee',
  'createTime',
  'updateTime',
  'expireTime',
  'refundReasonDesc',
] as const;

/** The clock of a record: an instant in ms. Its unit is not documented, so a number that is no instant is passed over. */
function clockAt(record: Fields): number | undefined {
  try {
    return msAt(record, 'expireTime');
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

/** What a refund says of itself, the same fields in the list and in the detail. The order says the rest. */
export function refundUpdate(record: Fields): DatedFacts {
  const way = codeAt(record, 'handlingWay');
  const status = codeAt(record, 'status');
  const atMs = msAt(record, 'updateTime');
  if (atMs === undefined) throw new UnreadableEvent('updateTime is missing');
  return {
    atMs,
    facts: stated({
      orderId: idAt(record, 'oid'),
      type: typeOf(way, codeAt(record, 'specialRefundType')),
      status: statusOf(status, way, codeAt(record, 'negotiateStatus')),
      refundAmountFen: fenAt(record, 'refundFee'),
      arbitration: arbitrationOf(status),
      reason: textAt(record, 'refundReasonDesc'),
      platformDeadlineMs: clockAt(record),
      appliedAtMs: msAt(record, 'createTime'),
    }),
  };
}

/** A record of the list as the inbox keeps it. Its version is its time and both of its statuses. */
export function polledEnvelope(record: unknown): EventEnvelope {
  if (!isFields(record)) {
    const payload = JSON.stringify({ polled: record ?? null });
    return { eventId: `poll/${sha256(payload)}`, payload };
  }
  const kept = Object.fromEntries(KEPT.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])));
  const payload = JSON.stringify({ polled: kept });
  const version = composedId(kept.refundId, kept.updateTime, kept.status, kept.negotiateStatus);
  return { eventId: `poll/${version ?? sha256(payload)}`, payload };
}

/** Messages of the platform have no field of this name: only we write it. */
export function isPolled(message: Fields): boolean {
  return Object.hasOwn(message, 'polled');
}

/** Understands a record of the list. Throws UnreadableEvent. */
export function readPolled(message: Fields): PlatformEvent {
  const record = fieldsAt(message.polled, 'the record');
  const afterSaleId = requiredIdAt(record, 'refundId');
  const update = refundUpdate(record);
  return { kind: 'after_sale', afterSaleId, update, arbitration: update.facts.arbitration === 'applied' };
}
