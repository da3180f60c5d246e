import { createHash } from 'node:crypto';
import type { DatedFacts } from '../../../domain/aftersale/after-sale.js';
import { type EventEnvelope, type PlatformEvent, UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, isFields, requiredIdAt, stated, textAt, yuanAt } from '../fields.js';
import { arbitrationOf, isListedMoneyOnly, statusOf, typeOfListed } from './codes.js';
import { changedAt, momentAt } from './moments.js';

/** What of a record we keep: the rest decides nothing. Its tracking number is the parcel on its way back. */
const KEPT = [
  'id',
  'order_sn',
  'after_sales_status',
  'after_sales_type',
  'refund_amount',
  'after_sale_reason',
  'created_time',
  'updated_time',
] as const;

interface Listed {
  readonly afterSaleId: string;
  readonly status: string | undefined;
  readonly update: DatedFacts;
}

/** One record of pdd.refund.list.increment.get; its amounts are yuan as text. Throws UnreadableEvent. */
function listed(record: Fields): Listed {
  const atMs = changedAt(record, 'updated_time');
  if (atMs === undefined) throw new UnreadableEvent('updated_time is missing');
  const type = codeAt(record, 'after_sales_type');
  const status = codeAt(record, 'after_sales_status');
  return {
    afterSaleId: requiredIdAt(record, 'id'),
    status,
    update: {
      atMs,
      facts: stated({
        orderId: textAt(record, 'order_sn'),
        type: typeOfListed(type),
        status: statusOf(status, isListedMoneyOnly(type)),
        refundAmountFen: yuanAt(record, 'refund_amount'),
        arbitration: arbitrationOf(status, undefined),
        reason: textAt(record, 'after_sale_reason'),
        appliedAtMs: momentAt(record, 'created_time'),
      }),
    },
  };
}

function keptOf(record: unknown): unknown {
  if (!isFields(record)) return record ?? null;
  return Object.fromEntries(KEPT.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]])));
}

/** A record as the inbox keeps it: known by its after-sale, its last change and its status, an unreadable one by its text. */
export function polledEnvelope(record: unknown): EventEnvelope {
  const polled = keptOf(record);
  const payload = JSON.stringify({ polled });
  try {
    const { afterSaleId, status, update } = listed(fieldsAt(polled, 'the record'));
    return { eventId: `poll:${afterSaleId}:${update.atMs}:${status ?? ''}`, payload };
  } catch {
    return { eventId: `poll:${createHash('sha256').update(payload).digest('hex')}`, payload };
  }
}

/** Messages of the platform have no field of this name: only we write it. */
export function isPolled(message: Fields): boolean {
  return Object.hasOwn(message, 'polled');
}

/** Understands a record of the list. Throws UnreadableEvent. */
export function readPolled(message: Fields): PlatformEvent {
  const { afterSaleId, update } = listed(fieldsAt(message.polled, 'the record'));
  return { kind: 'after_sale', afterSaleId, update, arbitration: update.facts.arbitration === 'applied' };
}
