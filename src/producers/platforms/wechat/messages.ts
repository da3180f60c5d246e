import { sha256 } from '../../../domain/ids.js';
import { parseLossless } from '../../../domain/lossless.js';
import {
  type EventEnvelope,
  type PlatformEvent,
  type RawWebhook,
  UnreadableEvent,
} from '../../../domain/platform/port.js';
import { composedId } from '../event-id.js';
import { type Fields, fieldsAt, idAt, isFields, parseJson, requiredIdAt, stated, textAt, timeAt } from '../fields.js';
import { decryptMessage } from './cipher.js';
import { statusOf } from './codes.js';
import type { WechatCredentials } from './manifest.js';
import { isPolled, readPolled } from './polled.js';
import { isSigned } from './sign.js';

const UPDATE = 'channels_ec_aftersale_update';
const COMPLAINT = 'channels_ec_complaint_update';
/** Nothing of a dispute's message may overrule what a read has said: its statuses are not documented. */
const UNDATED_MS = 0;
const EVENT_NAME = /^[A-Za-z_]{1,64}$/;

function fieldsOf(text: string): Fields | null {
  try {
    const value = parseLossless(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

/** `Encrypt` of a body; undefined where there is none. */
function encryptOf(body: Uint8Array): string | undefined {
  const encrypt = fieldsOf(Buffer.from(body).toString('utf8'))?.Encrypt;
  return typeof encrypt === 'string' ? encrypt : undefined;
}

/** The message's text where it is from the platform and for this store; null otherwise. Never throws. */
function open({ appKey, token, encodingAesKey }: WechatCredentials, { body, query }: RawWebhook): string | null {
  const { timestamp, nonce, msg_signature: sign } = query;
  const encrypt = encryptOf(body);
  if (encrypt === undefined || timestamp === undefined || nonce === undefined || sign === undefined) return null;
  if (!isSigned(sign, token, timestamp, nonce, encrypt)) return null;
  const opened = decryptMessage(encodingAesKey, encrypt);
  return opened?.appId === appKey ? opened.text : null;
}

/** Signed with our token, encrypted with our key, made for our store. */
export function isGenuine(credentials: WechatCredentials, webhook: RawWebhook): boolean {
  return open(credentials, webhook) !== null;
}

/** There is no message id: the after-sale, its status and the moment make one; else the hash of the text. */
function eventIdOf(text: string): string {
  const message = fieldsOf(text);
  const update = message?.finder_shop_aftersale_status_update;
  if (!message || !isFields(update)) return sha256(text);
  return composedId(update.after_sale_order_id, update.status, message.CreateTime) ?? sha256(text);
}

/** The one envelope of a message, decrypted; none for what is not from the platform. */
export function envelopesOf(credentials: WechatCredentials, webhook: RawWebhook): readonly EventEnvelope[] {
  const text = open(credentials, webhook);
  return text === null ? [] : [{ eventId: eventIdOf(text), payload: text }];
}

function readUpdate(message: Fields): PlatformEvent {
  const update = fieldsAt(message.finder_shop_aftersale_status_update, 'finder_shop_aftersale_status_update');
  const atMs = timeAt(message, 'CreateTime');
  if (atMs === undefined) throw new UnreadableEvent('CreateTime is missing');
  return {
    kind: 'after_sale',
    afterSaleId: requiredIdAt(update, 'after_sale_order_id'),
    update: { atMs, facts: stated({ orderId: idAt(update, 'order_id'), status: statusOf(textAt(update, 'status')) }) },
    arbitration: false,
  };
}

function readComplaint(message: Fields): PlatformEvent {
  const afterSaleId = idAt(fieldsAt(message.finder_shop_complaint, 'finder_shop_complaint'), 'after_sale_order_id');
  if (afterSaleId === undefined) return { kind: 'ignored', why: 'the dispute is about no after-sale' };
  return { kind: 'after_sale', afterSaleId, update: { atMs: UNDATED_MS, facts: {} }, arbitration: false };
}

/**
 * Understands one envelope's payload: a message decrypted, or a record of the poll. Throws UnreadableEvent that names
 * what is wrong, without content.
 */
export function readMessage(payload: string): PlatformEvent {
  const message = fieldsAt(parseJson(payload, 'the message'), 'the message');
  if (isPolled(message)) return readPolled(message);
  const event = textAt(message, 'Event');
  if (event === undefined) throw new UnreadableEvent('the message names no Event');
  if (event !== UPDATE && event !== COMPLAINT) {
    return { kind: 'ignored', why: `${EVENT_NAME.test(event) ? event : 'an event of this name'} is not in the table` };
  }
  try {
    return event === UPDATE ? readUpdate(message) : readComplaint(message);
  } catch (error) {
    throw error instanceof UnreadableEvent ? new UnreadableEvent(`${event}: ${error.message}`) : error;
  }
}
