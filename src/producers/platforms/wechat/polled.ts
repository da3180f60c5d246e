import { sha256 } from '../../../domain/ids.js';
import type { EventEnvelope, PlatformEvent } from '../../../domain/platform/port.js';
import { composedId } from '../event-id.js';
import { type Fields, fieldsAt, requiredIdAt } from '../fields.js';
import { type AfterSaleOrder, updateOf } from './after-sale-order.js';

/** A record of the poll as the inbox keeps it. Its version is its time and its status. */
export function polledEnvelope(kept: AfterSaleOrder): EventEnvelope {
  const payload = JSON.stringify({ polled: kept });
  const version = composedId(kept.after_sale_order_id, kept.update_time, kept.status);
  return { eventId: `poll/${version ?? sha256(payload)}`, payload };
}

/** A record that the platform itself could not show: set aside with its reason, while the others go on (R77). */
export function brokenEnvelope(afterSaleId: unknown, why: string): EventEnvelope {
  const payload = JSON.stringify({ polled: { why } });
  return { eventId: `poll/${sha256(JSON.stringify([afterSaleId ?? null, why]))}`, payload };
}

/** Messages of the platform have no field of this name: only we write it. */
export function isPolled(message: Fields): boolean {
  return Object.hasOwn(message, 'polled');
}

/** Understands a record of the poll. Throws UnreadableEvent. */
export function readPolled(message: Fields): PlatformEvent {
  const kept = fieldsAt(message.polled, 'the record');
  const afterSaleId = requiredIdAt(kept, 'after_sale_order_id');
  return { kind: 'after_sale', afterSaleId, update: updateOf(kept), arbitration: false };
}
