import { type PlatformEvent, UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fenAt, fieldsAt, parseJson, requiredIdAt, stated, textAt } from '../fields.js';
import { MONEY_ONLY, typeOf } from './codes.js';
import { changedAt } from './moments.js';
import { isPolled, readPolled } from './polled.js';
import { type MessageRow, messageMeaning } from './topics.js';

/** The moment of a message without one: it loses against every dated fact, so it fills gaps and never overrules. */
const UNDATED_MS = 0;

/** What a message of the socket is in the inbox: its type, and its content as the text it came in, ids untouched. */
export function messagePayload(type: string | null, content: string | null): string {
  return JSON.stringify({ type, content });
}

/** `{mall_id, refund_id, tid, bill_type, refund_fee (fen), modified (ms), operation}`; the same for all types as far as known. */
function readAfterSale(row: MessageRow, content: Fields): PlatformEvent {
  const billType = codeAt(content, 'bill_type');
  // Goods that come back contradict a refund without goods: never a yes (R70).
  const status = row.withGoods && billType === MONEY_ONLY ? 'unknown' : row.status;
  return {
    kind: 'after_sale',
    afterSaleId: requiredIdAt(content, 'refund_id'),
    update: {
      atMs: changedAt(content, 'modified') ?? UNDATED_MS,
      facts: stated({
        orderId: textAt(content, 'tid'),
        type: typeOf(billType),
        status,
        refundAmountFen: fenAt(content, 'refund_fee'),
      }),
    },
    arbitration: false,
  };
}

/**
 * Understands one payload of the inbox: a message of the socket, or a record that a poll found. Throws UnreadableEvent
 * that names what is wrong, without content.
 */
export function readMessage(payload: string): PlatformEvent {
  const kept = fieldsAt(parseJson(payload, 'the message'), 'the message');
  if (isPolled(kept)) return readPolled(kept);
  if (typeof kept.type !== 'string' || kept.type === '')
    throw new UnreadableEvent('the type of the message is missing');
  const meaning = messageMeaning(kept.type);
  if (typeof meaning === 'string') return { kind: 'ignored', why: meaning };
  try {
    if (typeof kept.content !== 'string') throw new UnreadableEvent('content is not text');
    return readAfterSale(meaning, fieldsAt(parseJson(kept.content, 'content'), 'content'));
  } catch (error) {
    throw error instanceof UnreadableEvent ? new UnreadableEvent(`${kept.type}: ${error.message}`) : error;
  }
}
