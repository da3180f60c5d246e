import { sha256 } from '../../../domain/ids.js';
import { parseLossless } from '../../../domain/lossless.js';
import {
  type EventEnvelope,
  type PlatformEvent,
  type RawWebhook,
  UnreadableEvent,
} from '../../../domain/platform/port.js';
import {
  codeAt,
  type Fields,
  fieldsAt,
  idAt,
  isFields,
  msAt,
  parseJson,
  requiredIdAt,
  stated,
  textAt,
} from '../fields.js';
import { decryptMessage } from './cipher.js';
import { arbitrationOf, statusOf, typeOf } from './codes.js';
import type { KuaishouCredentials } from './manifest.js';
import { isPolled, readPolled } from './polled.js';

/** The messages we understand, and the field with the time of the change. */
const EVENTS: Readonly<Record<string, 'createTime' | 'updateTime'>> = {
  kwaishop_aftersales_addRefund: 'createTime',
  kwaishop_aftersales_updateRefund: 'updateTime',
};

/** What the inbox can hold as a key; any other message id is replaced by a hash. */
const USABLE_MESSAGE_ID = /^[\x21-\x7e]{1,128}$/;
const EVENT_NAME = /^[A-Za-z_]{1,64}$/;

/** A body as we may trust it: its text, and the message in it where it is a JSON object. */
interface Opened {
  readonly text: string;
  readonly message: Fields | null;
  readonly heartBeat: boolean;
}

function jsonOf(text: string): { readonly value: unknown } | null {
  try {
    return { value: parseLossless(text) };
  } catch {
    return null;
  }
}

/** The heart-beat as the document prints it: nothing but `test`, so a plain body can never be more than that. */
function isPlainHeartBeat(body: Uint8Array): boolean {
  return body.length < 64 && /^\{\s*"test"\s*:\s*true\s*\}$/.test(Buffer.from(body).toString('latin1').trim());
}

/** Null where the body is not from the platform. Never throws. */
function open({ appKey, messageKey }: KuaishouCredentials, body: Uint8Array): Opened | null {
  if (isPlainHeartBeat(body)) return { text: '', message: null, heartBeat: true };
  const text = decryptMessage(messageKey, body);
  const json = text === null ? null : jsonOf(text);
  if (text === null || json === null) return null;
  const message = isFields(json.value) ? json.value : null;
  // Two apps of one owner may share a key by mistake: a message says which app it is for.
  if (message?.appKey !== undefined && message.appKey !== appKey) return null;
  return { text, message, heartBeat: message?.test === true };
}

/** Was this body made with our key, and for our app? */
export function isGenuine(credentials: KuaishouCredentials, { body }: Pick<RawWebhook, 'body'>): boolean {
  return open(credentials, body) !== null;
}

/** The one envelope of a message: its text, decrypted. A heart-beat is none; so is a body that is not from the platform. */
export function envelopesOf(
  credentials: KuaishouCredentials,
  { body }: Pick<RawWebhook, 'body'>,
): readonly EventEnvelope[] {
  const opened = open(credentials, body);
  if (opened === null || opened.heartBeat) return [];
  const id = opened.message?.eventId;
  const eventId = typeof id === 'string' && USABLE_MESSAGE_ID.test(id) ? id : sha256(opened.text);
  return [{ eventId, payload: opened.text }];
}

function readAfterSale(message: Fields, timeKey: 'createTime' | 'updateTime'): PlatformEvent {
  const { info } = message;
  const facts = fieldsAt(typeof info === 'string' ? parseJson(info, 'info') : info, 'info');
  const way = codeAt(facts, 'handlingWay');
  const status = codeAt(facts, 'status');
  const atMs = msAt(facts, timeKey) ?? msAt(message, 'createTime');
  if (atMs === undefined) throw new UnreadableEvent(`${timeKey} is missing`);
  return {
    kind: 'after_sale',
    afterSaleId: requiredIdAt(facts, 'refundId'),
    update: {
      atMs,
      facts: stated({
        orderId: idAt(facts, 'orderId'),
        type: typeOf(way, codeAt(facts, 'specialRefundType')),
        status: statusOf(status, way),
        arbitration: arbitrationOf(status),
        appliedAtMs: timeKey === 'createTime' ? atMs : undefined,
      }),
    },
    arbitration: arbitrationOf(status) === 'applied',
  };
}

/**
 * Understands one envelope's payload: a message decrypted, or a record of the poll. Throws UnreadableEvent that names
 * what is wrong, without content.
 */
export function readMessage(payload: string): PlatformEvent {
  const message = fieldsAt(parseJson(payload, 'the message'), 'the message');
  if (isPolled(message)) return readPolled(message);
  const event = textAt(message, 'event');
  if (event === undefined) throw new UnreadableEvent('the message names no event');
  const timeKey = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  if (timeKey === undefined) {
    return { kind: 'ignored', why: `the event ${EVENT_NAME.test(event) ? event : 'of this name'} is not in the table` };
  }
  try {
    return readAfterSale(message, timeKey);
  } catch (error) {
    throw error instanceof UnreadableEvent ? new UnreadableEvent(`${event}: ${error.message}`) : error;
  }
}
