import type { IncomingMessage } from 'node:http';
import { Digits, readJsonObject, writeWireJson } from '../../frame/wire-json.js';
import type { ClientSays, Outgoing, SignedIn, SocketFrame, SocketProtocol } from '../../refunds/socket-protocol.js';
import type { PinduoduoOptions, PinduoduoSwitches } from './options.js';
import { addressSign, sameSign } from './sign.js';

const CONNECT_ENDPOINT = 'message';
/** All malls of the app come over one connection. */
const GROUP = 'app';
const APP_ID = 5031;
const ADDRESS = /^\/message\/([^/]+)\/(\d{13})\/([A-Za-z0-9+=]+)$/;

/** A connection that has signed in, and what each message told on it must be answered with. */
export interface PmcSession {
  readonly echoes: Map<string, Echo>;
}

interface Echo {
  readonly sendTime: string;
  readonly type: string;
  readonly mallID: string;
}

/** The digits of a member as they were sent: a JavaScript number would lose some. */
function digitsOf(text: string, name: string): string {
  return new RegExp(`"${name}"\\s*:\\s*(\\d+)`).exec(text)?.[1] ?? '';
}

/** The message service: the address signs in, messages are Common frames, answered by Ack or Fail with their echo. */
export class PmcProtocol implements SocketProtocol<PmcSession> {
  constructor(
    readonly options: PinduoduoOptions,
    readonly switches: PinduoduoSwitches,
  ) {}

  groupOf(): string {
    return GROUP;
  }

  greet({ url = '' }: IncomingMessage, at: number): SignedIn<PmcSession> | ReturnType<typeof turnedAway> {
    const [, clientId = '', timestamp = '', sign = ''] = ADDRESS.exec(url) ?? [];
    const { 'app-key': appKey, 'app-secret': secret } = this.options;
    const windowMs = this.switches.values.timestampWindowS * 1_000;
    const isNow = windowMs === 0 || Math.abs(Number(timestamp) - at) <= windowMs;
    const isSigned = sameSign(sign, addressSign(clientId, timestamp, secret));
    if (clientId !== appKey || !isNow || !isSigned) return turnedAway('bad_signature');
    const line = { endpoint: CONNECT_ENDPOINT, verdict: 'answered' } as const;
    return { kind: 'signed_in', group: GROUP, session: { echoes: new Map() }, replies: [], line };
  }

  read(frame: SocketFrame, session: PmcSession | undefined, at: number): ClientSays<PmcSession> {
    const says = typeof frame === 'string' ? readJsonObject(frame) : undefined;
    if (session === undefined || typeof frame !== 'string' || typeof says?.time !== 'number') {
      return turnedAway('bad_request');
    }
    switch (says.commandType) {
      case 'HeartBeat':
        return { kind: 'alive', replies: [writeWireJson({ id: 0, commandType: 'HeartBeat', time: at, sendTime: at })] };
      case 'Ack':
      case 'Fail':
        return answered(frame, says, session);
      default:
        return turnedAway('bad_request');
    }
  }

  write({ eventId, body, headers, toldAt, sentAt }: Outgoing, session: PmcSession): SocketFrame {
    const { type = '', mallId = '0' } = headers;
    session.echoes.set(eventId, { sendTime: String(sentAt), type, mallID: mallId });
    return writeWireJson({
      id: new Digits(eventId),
      appId: APP_ID,
      commandType: 'Common',
      time: toldAt,
      sendTime: sentAt,
      message: { type, mallID: new Digits(mallId), content: body },
    });
  }
}

/** An answer that does not repeat what it must is a refusal, whatever it says. */
function answered(frame: string, says: Record<string, unknown>, { echoes }: PmcSession): ClientSays<PmcSession> {
  const eventId = digitsOf(frame, 'id');
  const echo = echoes.get(eventId);
  if (echo === undefined) return turnedAway('bad_request');
  const isEchoed =
    digitsOf(frame, 'sendTime') === echo.sendTime &&
    says.type === echo.type &&
    digitsOf(frame, 'mallID') === echo.mallID;
  if (!isEchoed) return { kind: 'refused', eventId, why: 'the echo is wrong' };
  if (says.commandType === 'Ack') return { kind: 'acknowledged', eventId };
  return { kind: 'refused', eventId, why: String(says.failReason ?? '') };
}

function turnedAway(verdict: 'bad_signature' | 'bad_request') {
  return { kind: 'turned_away', replies: [], status: 401, line: { endpoint: CONNECT_ENDPOINT, verdict } } as const;
}
