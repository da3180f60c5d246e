import type { DatedFacts } from '../../../domain/aftersale/after-sale.js';
import { type PlatformEvent, UnreadableEvent } from '../../../domain/platform/port.js';
import {
  chinaTimeAt,
  codeAt,
  type Fields,
  fenAt,
  fieldsAt,
  idAt,
  msAt,
  parseJson,
  requiredIdAt,
  stated,
  textAt,
  yuanAt,
} from '../fields.js';
import { statusOf, typeOfMessage } from './codes.js';
import { refundFacts } from './record.js';
import { type TopicRow, topicMeaning } from './topics.js';

/** The moment of messages that carry none: it loses against every dated fact, so they fill gaps and never overrule. */
const UNDATED_MS = 0;

/** What a message of the socket is in the inbox: its topic, and its content as the text it came in, ids untouched. */
export function messagePayload(topic: string, content: string | null): string {
  return JSON.stringify({ topic, content });
}

/** What a record of a list is in the inbox. It was parsed without harm to ids; long ones are text here. */
export function recordPayload(refund: unknown): string {
  return JSON.stringify({ refund });
}

/** `modified` is `yyyy-MM-dd HH:mm:ss`; the typings allow unix milliseconds as well. */
function modifiedMs(content: Fields): number {
  const { modified } = content;
  const isMs = typeof modified === 'number' || (typeof modified === 'string' && /^\d+$/.test(modified));
  return (isMs ? msAt(content, 'modified') : chinaTimeAt(content, 'modified')) ?? UNDATED_MS;
}

/** `taobao_refund_*`: the amount is yuan as text. */
function refundUpdate(row: TopicRow, content: Fields): DatedFacts {
  return {
    atMs: modifiedMs(content),
    facts: stated({
      orderId: idAt(content, 'tid'),
      type: typeOfMessage(textAt(content, 'bill_type'), undefined),
      status: row.status ?? undefined,
      refundAmountFen: yuanAt(content, 'refund_fee'),
      arbitration: row.arbitration ?? undefined,
    }),
  };
}

/** `taobao_dispute_*`: the unit of `buyer_refund_fee` is not documented, so no amount is taken from it (R60). */
function disputeUpdate(row: TopicRow, content: Fields): DatedFacts {
  return {
    atMs: modifiedMs(content),
    facts: stated({
      orderId: idAt(content, 'tid'),
      type: typeOfMessage(undefined, codeAt(content, 'biz_claim_type')),
      status: row.status ?? undefined,
      arbitration: row.arbitration ?? undefined,
    }),
  };
}

/** `taobao_rdc_AgDealRefund`: the amount is fen here, and there is no time. */
function agUpdate(content: Fields): DatedFacts {
  return {
    atMs: UNDATED_MS,
    facts: stated({
      orderId: idAt(content, 'parent_order_id'),
      status: statusOf(textAt(content, 'refund_status')),
      refundAmountFen: fenAt(content, 'refund_fee'),
      reason: textAt(content, 'refund_reason'),
    }),
  };
}

function updateOf(row: TopicRow, content: Fields): DatedFacts {
  switch (row.shape) {
    case 'refund':
      return refundUpdate(row, content);
    case 'dispute':
      return disputeUpdate(row, content);
    case 'ag':
      return agUpdate(content);
    default:
      return row.shape satisfies never;
  }
}

function readMessage(topic: string, content: unknown): PlatformEvent {
  const meaning = topicMeaning(topic);
  if (typeof meaning === 'string') return { kind: 'ignored', why: meaning };
  try {
    if (typeof content !== 'string') throw new UnreadableEvent('content is not text');
    const fields = fieldsAt(parseJson(content, 'content'), 'content');
    return {
      kind: 'after_sale',
      afterSaleId: requiredIdAt(fields, 'refund_id'),
      update: updateOf(meaning, fields),
      arbitration: meaning.arbitration !== null,
    };
  } catch (error) {
    throw error instanceof UnreadableEvent ? new UnreadableEvent(`${topic}: ${error.message}`) : error;
  }
}

/**
 * Understands one payload of the inbox: a message of the socket, or a record that a poll found. Throws UnreadableEvent
 * that names what is wrong, without content.
 */
export function readEvent(payload: string): PlatformEvent {
  const kept = fieldsAt(parseJson(payload, 'the message'), 'the message');
  if (kept.refund === undefined) {
    if (typeof kept.topic !== 'string' || kept.topic === '') throw new UnreadableEvent('the topic is missing');
    return readMessage(kept.topic, kept.content);
  }
  const record = fieldsAt(kept.refund, 'the refund');
  const update = refundFacts(record, undefined);
  return { kind: 'after_sale', afterSaleId: requiredIdAt(record, 'refund_id'), update, arbitration: false };
}
