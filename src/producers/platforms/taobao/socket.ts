import { createHash } from 'node:crypto';
import type { Frame, PlatformSocket, SocketSays, SocketSession } from '../../../domain/platform/socket.js';
import type { TaobaoCredentials } from './credentials.js';
import { messagePayload } from './events.js';
import { connectSign } from './sign.js';
import { decodeFrame, encodeFrame, KINDS, MESSAGE_TYPES, type TmcFrame, type TmcValue } from './tmc-frame.js';

/** tmc.js beats every 5 s, hucsuper/taobao-tmc every 15 s. */
const BEAT_MS = 5_000;
/** Not documented: nothing says that a quiet service answers at all, so this only bounds how long a dead line goes unseen. */
const SILENCE_MS = 300_000;
/** The service's texts go into our logs; this much of them is enough. */
const SHOWN_TEXT = 100;
const MOST_REASON = 200;

interface Receipt {
  readonly id: bigint;
}

function receiptOf(receipt: unknown): Receipt {
  if (typeof receipt === 'object' && receipt !== null && 'id' in receipt && typeof receipt.id === 'bigint') {
    return { id: receipt.id };
  }
  throw new TypeError('not a receipt of this session');
}

/** A whole number as the service writes ids, an int64; undefined where it is none. */
function int64Of(value: TmcValue | undefined): bigint | undefined {
  const isDigits = typeof value === 'string' && /^\d{1,19}$/.test(value);
  if (typeof value !== 'bigint' && typeof value !== 'number' && !isDigits) return undefined;
  const id = BigInt(value);
  return id >= 0n && BigInt.asIntN(64, id) === id ? id : undefined;
}

function send(kind: number, token: string | undefined, more: readonly (readonly [string, TmcValue])[] = []): Buffer {
  const custom = new Map<string, TmcValue>([['__kind', kind], ...more]);
  return encodeFrame({ type: MESSAGE_TYPES.send, ...(token === undefined ? {} : { token }), custom });
}

function connect(credentials: TaobaoCredentials, nowMs: number): Buffer {
  const { appKey, messageGroup } = credentials;
  const timestamp = String(nowMs);
  const custom = new Map<string, TmcValue>([
    ['app_key', appKey],
    ['group_name', messageGroup],
    ['timestamp', timestamp],
    ['sign', connectSign(credentials, messageGroup, timestamp)],
    ['sdk', 'jiejian'],
    // What clients log themselves with; we say nothing of our network.
    ['intranet_ip', '127.0.0.1'],
  ]);
  return encodeFrame({ type: MESSAGE_TYPES.connect, custom });
}

/**
 * A Data message. Without an id there is nothing to confirm it by, so it is no message anybody can read. A message
 * without a seller is for no shop (`''`).
 */
function messageOf({ custom }: TmcFrame): SocketSays {
  const id = int64Of(custom.get('id'));
  if (id === undefined) return { kind: 'broken', why: 'a message without an id' };
  const topic = custom.get('topic');
  const content = custom.get('content');
  const receipt: Receipt = { id };
  const payload = messagePayload(typeof topic === 'string' ? topic : '', typeof content === 'string' ? content : null);
  const platformShopId = int64Of(custom.get('userid'))?.toString() ?? '';
  return { kind: 'message', message: { platformShopId, envelope: { eventId: id.toString(), payload }, receipt } };
}

class TmcSession implements SocketSession {
  #token: string | undefined;

  constructor(readonly credentials: TaobaoCredentials) {}

  opening(nowMs: number): readonly Frame[] {
    return [connect(this.credentials, nowMs)];
  }

  receive(frame: Frame): SocketSays {
    if (typeof frame === 'string') return { kind: 'broken', why: 'a text where the protocol is binary' };
    const decoded = decodeFrame(frame);
    if ('broken' in decoded) return { kind: 'broken', why: decoded.broken };
    const { type, statusCode = 0, statusPhrase = '', token, custom } = decoded.frame;
    if (statusCode !== 0) {
      return { kind: 'broken', why: `status ${statusCode} ${statusPhrase.slice(0, SHOWN_TEXT)}`.trimEnd() };
    }
    if (type === MESSAGE_TYPES.connectAck) {
      if (!token) return { kind: 'broken', why: 'CONNECTACK without a token' };
      this.#token = token;
      return { kind: 'ready' };
    }
    if (this.#token === undefined) return { kind: 'broken', why: `message type ${type} before CONNECTACK` };
    const isData = type === MESSAGE_TYPES.send && custom.get('__kind') === KINDS.data;
    return isData ? messageOf(decoded.frame) : { kind: 'nothing' };
  }

  beat(): Frame {
    return send(KINDS.pullRequest, this.#token);
  }

  confirm(receipt: unknown): Frame {
    return send(KINDS.confirm, this.#token, [['id', receiptOf(receipt).id]]);
  }

  refuse(receipt: unknown, why: string): Frame {
    return send(KINDS.failed, this.#token, [
      ['id', receiptOf(receipt).id],
      ['msg', why.slice(0, MOST_REASON)],
    ]);
  }
}

/** The message service: one connection for all shops of an app and a message group. */
export function taobaoSocket(credentials: TaobaoCredentials): PlatformSocket {
  const { appKey, messageGroup, messageUrl } = credentials;
  const app = createHash('sha256').update(`${messageUrl}\n${appKey}`).digest('hex').slice(0, 16);
  return {
    group: `taobao:${app}:${messageGroup}`,
    beatMs: BEAT_MS,
    silenceMs: SILENCE_MS,
    url: () => messageUrl,
    session: () => new TmcSession(credentials),
  };
}
