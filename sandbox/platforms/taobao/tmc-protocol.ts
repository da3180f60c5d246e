import type { Refund } from '../../refunds/refund.js';
import type { ClientSays, Outgoing, SocketFrame, SocketProtocol } from '../../refunds/socket-protocol.js';
import type { TaobaoOptions } from './options.js';
import { connectSign, sameSign } from './sign.js';
import {
  CONFIRM,
  CONNECT,
  CONNECT_ACK,
  DATA,
  FAILED,
  type Message,
  PULL_REQUEST,
  readMessage,
  SEND,
  SEND_ACK,
  type Value,
  writeMessage,
} from './tmc-frame.js';

const CONNECT_ENDPOINT = 'tmc/connect';
const PUBLISHER = '4272';
const KEPT_MS = 3 * 86_400_000;

/** A connection that has signed in. */
export interface TmcSession {
  readonly token: string;
}

/** What the service says to a client it does not take; the codes are ours, none is documented. */
const TURNED_AWAY = {
  key: { code: 29, phrase: 'Invalid app key' },
  sign: { code: 25, phrase: 'Invalid signature' },
  token: { code: 27, phrase: 'Invalid token' },
  frame: { code: 41, phrase: 'Invalid frame' },
} as const;

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

/** An id comes as int64, or in a narrower form where it is small. */
const idOf = (value: Value | undefined): string | undefined =>
  typeof value === 'bigint' || typeof value === 'number' ? String(value) : undefined;

/** The message service: sign-in by frame, messages as SEND with `__kind` 3, answers by id. */
export class TmcProtocol implements SocketProtocol<TmcSession> {
  #tokens = 0;

  constructor(readonly options: TaobaoOptions) {}

  /** Every seller of the app is sorted into the group of the command line. */
  groupOf(_refund: Refund): string {
    return this.options.group;
  }

  read(frame: SocketFrame, session: TmcSession | undefined): ClientSays<TmcSession> {
    const message = typeof frame === 'string' ? undefined : readMessage(frame);
    if (message === undefined) return turnAway('frame', 'bad_request');
    if (message.type === CONNECT) return this.#connect(message);
    if (session === undefined || message.token !== session.token) return turnAway('token', 'bad_signature');
    if (message.type !== SEND && message.type !== SEND_ACK) return turnAway('frame', 'bad_request');
    const eventId = idOf(message.headers.id);
    switch (message.headers.__kind) {
      case PULL_REQUEST:
        return { kind: 'alive', replies: [] };
      case CONFIRM:
        return eventId === undefined ? turnAway('frame', 'bad_request') : { kind: 'acknowledged', eventId };
      case FAILED:
        if (eventId === undefined) return turnAway('frame', 'bad_request');
        return { kind: 'refused', eventId, why: text(message.headers.msg) };
      default:
        return turnAway('frame', 'bad_request');
    }
  }

  write({ eventId, body, headers, toldAt, sentAt, retried }: Outgoing): SocketFrame {
    const { topic = '', userId = '0', nick = '', dataId = '' } = headers;
    return writeMessage({
      type: SEND,
      headers: {
        __kind: DATA,
        id: BigInt(eventId),
        topic,
        content: body,
        dataid: dataId,
        publisher: PUBLISHER,
        userid: BigInt(userId),
        nick,
        time: new Date(toldAt),
        outtime: new Date(sentAt + KEPT_MS),
        retried,
      },
    });
  }

  #connect({ headers }: Message): ClientSays<TmcSession> {
    const [appKey, group, timestamp] = [text(headers.app_key), text(headers.group_name), text(headers.timestamp)];
    const { 'app-key': ourKey, 'app-secret': secret } = this.options;
    if (appKey !== ourKey) return turnAway('key', 'bad_signature');
    if (group === '' || !/^\d{13}$/.test(timestamp)) return turnAway('frame', 'bad_request');
    if (!sameSign(text(headers.sign), connectSign(appKey, group, timestamp, secret))) {
      return turnAway('sign', 'bad_signature');
    }
    this.#tokens += 1;
    const token = `tmc-token-${this.#tokens}`;
    const replies = [writeMessage({ type: CONNECT_ACK, token, headers: {} })];
    const line = { endpoint: CONNECT_ENDPOINT, verdict: 'answered', code: group } as const;
    return { kind: 'signed_in', group, session: { token }, replies, line };
  }
}

function turnAway(why: keyof typeof TURNED_AWAY, verdict: 'bad_signature' | 'bad_request'): ClientSays<TmcSession> {
  const status = TURNED_AWAY[why];
  const replies = [writeMessage({ type: CONNECT_ACK, status, headers: {} })];
  return { kind: 'turned_away', replies, line: { endpoint: CONNECT_ENDPOINT, verdict, code: String(status.code) } };
}
