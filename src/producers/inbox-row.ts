import { sha256 } from '../domain/ids.js';
import type { EventEnvelope } from '../domain/platform/port.js';
import type { InboxEvent } from '../domain/store/inbox-store.js';

/** Longest event id the inbox holds; a longer one is known by its hash. */
const MAX_EVENT_ID = 191;

/** An envelope as the inbox keeps it, whatever way it came: the same event id on two ways is one event. */
export function rowOf(source: string, { eventId, payload }: EventEnvelope, receivedAt: Date): InboxEvent {
  return { source, eventId: eventId.length > MAX_EVENT_ID ? sha256(eventId) : eventId, payload, receivedAt };
}
