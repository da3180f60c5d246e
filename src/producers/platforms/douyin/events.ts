import { createHash } from 'node:crypto';
import type { DatedFacts } from '../../../domain/aftersale/after-sale.js';
import { parseLossless } from '../../../domain/lossless.js';
import { type EventEnvelope, type PlatformEvent, UnreadableEvent } from '../../../domain/platform/port.js';
import { cutArray } from '../cut.js';
import {
  codeAt,
  type Fields,
  fenAt,
  fieldsAt,
  idAt,
  isFields,
  parseJson,
  requiredIdAt,
  stated,
  timeAt,
} from '../fields.js';
import { statusOf, typeOf } from './codes.js';
import { isListed, readListed } from './list.js';
import { type TagRow, tagMeaning } from './tags.js';

/**
 * The moment of messages that carry no time (209 and 212-217). It loses against every dated fact, so they fill gaps and
 * never overrule; the detail read that follows every event says the rest.
 */
const UNDATED_MS = 0;

const URL_CHECK_TAG = '0';
/** What the inbox can hold as a key; any other message id is replaced by a hash. */
const USABLE_MESSAGE_ID = /^[\x21-\x7e]{1,128}$/;

function tagOf(message: Fields): string | undefined {
  const { tag } = message;
  if (typeof tag === 'number' && Number.isSafeInteger(tag) && tag >= 0) return String(tag);
  return typeof tag === 'string' && /^\d{1,9}$/.test(tag) ? tag : undefined;
}

/** The platform's message id: `msg_id` in what the SDKs read, `msgId` in the doc samples. */
function messageIdOf(message: Fields): string | undefined {
  const id = message.msg_id ?? message.msgId;
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && USABLE_MESSAGE_ID.test(text) ? text : undefined;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What can be known of an element without refusing it: its message, or null where it is not a JSON object. */
function messageOf(element: string): Fields | null {
  try {
    const value = parseLossless(element);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Cuts a body into one envelope a message. A payload is a body with one message in it, `[` element `]`, with the
 * element's text untouched. The check of the webhook address is left out; a body that is no array is kept whole for
 * `readEvent` to refuse. Never throws.
 */
export function cutEnvelopes(body: Uint8Array): readonly EventEnvelope[] {
  const text = Buffer.from(body).toString('utf8');
  const elements = cutArray(text);
  if (!elements) return [{ eventId: hashOf(text), payload: text }];
  return elements.flatMap((element) => {
    const message = messageOf(element);
    if (message && tagOf(message) === URL_CHECK_TAG) return [];
    const eventId = (message && messageIdOf(message)) ?? hashOf(element);
    return [{ eventId, payload: `[${element}]` }];
  });
}

/** `data` is JSON as text in what the SDKs read, an object in the doc samples. */
function dataOf(message: Fields): Fields {
  const { data } = message;
  return fieldsAt(typeof data === 'string' ? parseJson(data, 'data') : data, 'data');
}

/** The time of the change: the event's own field, else the after-sale's `update_time`, else none. */
function changedAtMs(row: TagRow, data: Fields): number {
  for (const key of [...row.times, 'update_time']) {
    const ms = timeAt(data, key);
    if (ms !== undefined) return ms;
  }
  return UNDATED_MS;
}

function updateOf(row: TagRow, data: Fields): DatedFacts {
  const type = typeOf(codeAt(data, 'aftersale_type'));
  return {
    atMs: changedAtMs(row, data),
    facts: stated({
      orderId: idAt(data, 'p_id'),
      type,
      status: row.status ?? statusOf(codeAt(data, 'aftersale_status'), type),
      refundAmountFen: fenAt(data, 'refund_amount'),
      refundPostFen: fenAt(data, 'refund_post_amount'),
      arbitration: row.arbitration ?? undefined,
      platformDeadlineMs: timeAt(data, 'status_deadline'),
      appliedAtMs: timeAt(data, 'apply_time'),
    }),
  };
}

/**
 * Understands one envelope's payload: a message, or a record of the list (list.ts). Throws UnreadableEvent that names
 * what is wrong, without content.
 */
export function readEvent(payload: string): PlatformEvent {
  const body = parseJson(payload, 'the body');
  if (isListed(body)) return readListed(body);
  if (!Array.isArray(body)) throw new UnreadableEvent('the body is not an array of messages');
  if (body.length !== 1) throw new UnreadableEvent(`the body holds ${body.length} messages where one is expected`);
  const message = fieldsAt(body[0], 'the message');
  const tag = tagOf(message);
  if (tag === undefined) throw new UnreadableEvent('the tag is missing or not a number');
  const meaning = tagMeaning(tag);
  if (typeof meaning === 'string') return { kind: 'ignored', why: meaning };
  try {
    const data = dataOf(message);
    return {
      kind: 'after_sale',
      afterSaleId: requiredIdAt(data, 'aftersale_id'),
      update: updateOf(meaning, data),
      arbitration: meaning.arbitration !== null,
    };
  } catch (error) {
    throw error instanceof UnreadableEvent ? new UnreadableEvent(`tag ${tag}: ${error.message}`) : error;
  }
}
