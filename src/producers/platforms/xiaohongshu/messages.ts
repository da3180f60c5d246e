import { sha256 } from '../../../domain/ids.js';
import { parseLossless } from '../../../domain/lossless.js';
import {
  type EventEnvelope,
  type PlatformEvent,
  type RawWebhook,
  UnreadableEvent,
} from '../../../domain/platform/port.js';
import { cutArray } from '../cut.js';
import { composedId } from '../event-id.js';
import { type Fields, fieldsAt, isFields, parseJson, textAt } from '../fields.js';
import { isReturnsId, readPolled } from './polled.js';
import { whyIgnored } from './tags.js';

/** Nothing of a hint may overrule what a read has said. */
const UNDATED_MS = 0;

/**
 * What the inbox keeps says by which door it came, because only the poll's records may be believed: `pushed` is the
 * message's own text inside ours, so that nothing in it can pass for the other.
 */
const pushed = (text: string): string => JSON.stringify({ pushed: text });

function messageOf(text: string): Fields | null {
  try {
    const value = parseLossless(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** The check of the address, `{"test":true}` and not a word more: there is nothing to keep. */
export function isAddressCheck(body: Uint8Array): boolean {
  return body.length < 64 && /^\{\s*"test"\s*:\s*true\s*\}$/.test(Buffer.from(body).toString('latin1').trim());
}

/** `data` is JSON as text; an object is read too. */
function dataOf(message: Fields): Fields {
  const { data } = message;
  return fieldsAt(typeof data === 'string' ? parseJson(data, 'data') : data, 'data');
}

/** The platform sends no message id: seller, tag, after-sale and the time of the change make one; else the hash. */
function eventIdOf(element: string): string {
  const message = messageOf(element);
  const data = message && typeof message.data === 'string' ? messageOf(message.data) : message?.data;
  if (!message || !isFields(data)) return sha256(element);
  return composedId(message.sellerId, message.msgTag, data.returnsId, data.updateTime) ?? sha256(element);
}

/** One envelope a message. A body that is no array is kept whole for `readMessage` to refuse. Never throws. */
export function cutEnvelopes({ body }: Pick<RawWebhook, 'body'>): readonly EventEnvelope[] {
  const text = Buffer.from(body).toString('utf8');
  const elements = cutArray(text);
  if (elements === null) return isAddressCheck(body) ? [] : [{ eventId: sha256(text), payload: pushed(text) }];
  return elements.map((element) => ({ eventId: eventIdOf(element), payload: pushed(element) }));
}

function readHint(text: string): PlatformEvent {
  const message = fieldsAt(parseJson(text, 'the message'), 'the message');
  const tag = textAt(message, 'msgTag');
  if (tag === undefined) throw new UnreadableEvent('the message has no msgTag');
  const why = whyIgnored(tag);
  if (why !== null) return { kind: 'ignored', why };
  const { returnsId, orderId } = dataOf(message);
  if (!isReturnsId(returnsId)) throw new UnreadableEvent(`${tag}: returnsId is missing or not an id`);
  const facts = isReturnsId(orderId) ? { orderId } : {};
  return { kind: 'after_sale', afterSaleId: returnsId, update: { atMs: UNDATED_MS, facts }, arbitration: false };
}

/**
 * Understands one envelope's payload: a message, which names an after-sale and states nothing, or a record of the poll.
 * Throws UnreadableEvent that names what is wrong, without content.
 */
export function readMessage(payload: string): PlatformEvent {
  const kept = fieldsAt(parseJson(payload, 'the message'), 'the message');
  if (typeof kept.pushed === 'string') return readHint(kept.pushed);
  if (Object.hasOwn(kept, 'polled')) return readPolled(kept.polled);
  throw new UnreadableEvent('the message came by no door that we know');
}
