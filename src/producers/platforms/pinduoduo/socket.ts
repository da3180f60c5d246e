import { createHash } from 'node:crypto';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import type { Frame, PlatformSocket, SocketSays, SocketSession } from '../../../domain/platform/socket.js';
import { type Fields, fieldsAt, idAt, isFields, parseJson } from '../fields.js';
import type { PinduoduoCredentials } from './credentials.js';
import { messagePayload } from './messages.js';
import { socketSign } from './sign.js';

/** Both as in the official client. */
const BEAT_MS = 5_000;
const SILENCE_MS = 180_000;
const MOST_REASON = 1_000;
const COMMAND = /^\w{1,40}$/;

/** What an Ack or a Fail repeats of the frame it answers, digits as they came; what the frame left out is left out. */
interface Receipt {
  readonly id: string;
  readonly sendTime?: string;
  readonly type?: string;
  readonly mallID?: string;
}

function isReceipt(receipt: unknown): receipt is Receipt {
  return typeof receipt === 'object' && receipt !== null && 'id' in receipt && typeof receipt.id === 'string';
}

/** A whole number that may be anything else: what we only repeat must not make a message unreadable. */
function digitsAt(fields: Fields, key: string): string | undefined {
  try {
    return idAt(fields, key);
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

function heartBeat(nowMs: number): string {
  return JSON.stringify({ commandType: 'HeartBeat', time: nowMs });
}

/** Written by hand: ids are bare int64 numbers here, which no JavaScript number holds. */
function reply(command: 'Ack' | 'Fail', receipt: unknown, nowMs: number, failReason?: string): string {
  if (!isReceipt(receipt)) throw new TypeError('not a receipt of this session');
  const { id, sendTime, type, mallID } = receipt;
  const members = [
    `"id":${id}`,
    `"commandType":"${command}"`,
    `"time":${nowMs}`,
    ...(sendTime === undefined ? [] : [`"sendTime":${sendTime}`]),
    ...(type === undefined ? [] : [`"type":${JSON.stringify(type)}`]),
    ...(mallID === undefined ? [] : [`"mallID":${mallID}`]),
    ...(failReason === undefined ? [] : [`"failReason":${JSON.stringify(failReason.slice(0, MOST_REASON))}`]),
  ];
  return `{${members.join(',')}}`;
}

/**
 * A Common frame. Without an id there is nothing to confirm it by, so nobody can read it. A message without a seller is
 * for no shop (`''`); whatever else is wrong with it is found when it is read, so that it is kept with its reason.
 */
function messageOf(frame: Fields): SocketSays {
  const id = digitsAt(frame, 'id');
  if (id === undefined) return { kind: 'broken', why: 'a message without an id' };
  const message = isFields(frame.message) ? frame.message : {};
  const type = typeof message.type === 'string' ? message.type : undefined;
  const content = typeof message.content === 'string' ? message.content : null;
  const [mallID, sendTime] = [digitsAt(message, 'mallID'), digitsAt(frame, 'sendTime')];
  const receipt: Receipt = {
    id,
    ...(sendTime === undefined ? {} : { sendTime }),
    ...(type === undefined ? {} : { type }),
    ...(mallID === undefined ? {} : { mallID }),
  };
  const envelope = { eventId: id, payload: messagePayload(type ?? null, content) };
  return { kind: 'message', message: { platformShopId: mallID ?? '', envelope, receipt } };
}

function frameOf(text: string): Fields | string {
  try {
    return fieldsAt(parseJson(text, 'a frame'), 'a frame');
  } catch (error) {
    if (error instanceof UnreadableEvent) return error.message;
    throw error;
  }
}

/**
 * The address has signed us in, and nothing says so: the first heart-beat of the platform is the sign that it listens,
 * and messages may come before it.
 */
class PmcSession implements SocketSession {
  #heard = false;

  opening(nowMs: number): readonly Frame[] {
    return [heartBeat(nowMs)];
  }

  receive(frame: Frame): SocketSays {
    if (typeof frame !== 'string') return { kind: 'broken', why: 'bytes where the protocol is text' };
    const fields = frameOf(frame);
    if (typeof fields === 'string') return { kind: 'broken', why: fields };
    const { commandType } = fields;
    if (typeof commandType !== 'string' || !COMMAND.test(commandType)) {
      return { kind: 'broken', why: 'a frame without a commandType' };
    }
    if (commandType === 'Common') return messageOf(fields);
    if (commandType !== 'HeartBeat' || this.#heard) return { kind: 'nothing' };
    this.#heard = true;
    return { kind: 'ready' };
  }

  beat(nowMs: number): Frame {
    return heartBeat(nowMs);
  }

  confirm(receipt: unknown, nowMs: number): Frame {
    return reply('Ack', receipt, nowMs);
  }

  refuse(receipt: unknown, why: string, nowMs: number): Frame {
    return reply('Fail', receipt, nowMs, why);
  }
}

/** The message service: one connection for all shops of an app. The address is signed for the moment. */
export function pinduoduoSocket(credentials: PinduoduoCredentials): PlatformSocket {
  const { appKey } = credentials;
  const base = credentials.messageUrl.replace(/\/+$/, '');
  const app = createHash('sha256').update(`${base}\n${appKey}`).digest('hex').slice(0, 16);
  return {
    group: `pinduoduo:${app}`,
    beatMs: BEAT_MS,
    silenceMs: SILENCE_MS,
    url: (nowMs) => {
      const timestamp = String(nowMs);
      return `${base}/message/${encodeURIComponent(appKey)}/${timestamp}/${socketSign(credentials, timestamp)}`;
    },
    session: () => new PmcSession(),
  };
}
