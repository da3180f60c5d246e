import { sha256 } from '../../../domain/ids.js';
import { type EventEnvelope, type PlatformEvent, UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, parseJson, requiredIdAt } from '../fields.js';
import { changedAtMs, recordIn, refundUpdate } from './record.js';

/** What of a record we keep: the rest names the buyer or the reviewer. */
const KEPT = ['id', 'orderId', 'applyRefundSum', 'status', 'applyTime', 'checkTime', 'modified', 'reason'] as const;

function kept(record: unknown): unknown {
  try {
    const fields = recordIn(record);
    return Object.fromEntries(KEPT.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])));
  } catch (error) {
    if (error instanceof UnreadableEvent) return record ?? null;
    throw error;
  }
}

/** The after-sale, its status and the moment of the change: seen again it is the same event. Throws UnreadableEvent. */
function versionOf(record: Fields): string {
  return [requiredIdAt(record, 'id'), codeAt(record, 'status') ?? '', changedAtMs(record)].join(':');
}

/** A record of the list as the inbox keeps it; one that cannot be read is known by its text. Never throws. */
export function polledEnvelope(record: unknown): EventEnvelope {
  const part = kept(record);
  const payload = JSON.stringify({ polled: part });
  try {
    return { eventId: `refundapply:${versionOf(fieldsAt(part, 'a record'))}`, payload };
  } catch (error) {
    if (error instanceof UnreadableEvent) return { eventId: `refundapply:${sha256(payload)}`, payload };
    throw error;
  }
}

/** Understands a record of the list: JD sends nothing else. Throws UnreadableEvent. */
export function readPolled(payload: string): PlatformEvent {
  const body = fieldsAt(parseJson(payload, 'the body'), 'the body');
  const record = fieldsAt(body.polled, 'the record');
  const afterSaleId = requiredIdAt(record, 'id');
  return { kind: 'after_sale', afterSaleId, update: refundUpdate(record), arbitration: false };
}
