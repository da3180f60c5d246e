import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { TAOBAO_VALUES } from '../../../sandbox/platforms/taobao/options.js';
import { TaobaoTwin } from '../../../sandbox/platforms/taobao/taobao.js';
import type { RefundInput } from '../../../sandbox/refunds/refund.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const TAOBAO_KEYS = {
  appKey: '12345678',
  appSecret: 'abcdef0123456789abcdef0123456789',
  accessToken: 'session-1',
  seller: '2074690906',
} as const;
export const OTHER = { accessToken: 'session-2', seller: '88' } as const;

export function startTaobao(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { appKey, appSecret, accessToken, seller } = TAOBAO_KEYS;
  const values = TAOBAO_VALUES.parse({
    'app-key': appKey,
    'app-secret': appSecret,
    seller: [`${seller}=${accessToken}`, `${OTHER.seller}=${OTHER.accessToken}`],
    ...options.own,
  });
  return start((context) => new TaobaoTwin(context, values), options);
}

/** A refund-only of a shipped order, over the control API. */
export function taobaoRefund(refundId: string, more: Partial<RefundInput> = {}): Json {
  return {
    shopId: TAOBAO_KEYS.seller,
    refundId,
    orderId: `4${refundId.slice(1)}`,
    refundFen: 8_900,
    paidFen: 8_900,
    parcels: [{ companyCode: 'ZTO', companyName: '中通快递', waybillNo: `7310${refundId.slice(-10)}` }],
    ...more,
  };
}

/** Upper-case hex of md5 between two secrets, computed here and not by the twin. */
function sealed(text: string): string {
  const { appSecret } = TAOBAO_KEYS;
  return createHash('md5').update(`${appSecret}${text}${appSecret}`).digest('hex').toUpperCase();
}

export function chinaNow(shiftMs = 0): string {
  return new Date(Date.now() + 28_800_000 + shiftMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** A call as the gateway documents it; `change` before it is signed, `after` behind the signature's back. '' leaves out. */
export function callTaobao(
  baseUrl: string,
  method: string,
  params: Readonly<Record<string, string>> = {},
  change: Readonly<Record<string, string>> = {},
  after: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  const { appKey, accessToken } = TAOBAO_KEYS;
  const common = { app_key: appKey, session: accessToken, timestamp: chinaNow(), format: 'json', v: '2.0' };
  const all: Record<string, string> = { method, sign_method: 'md5', ...common, ...params, ...change };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  const text = Object.keys(given)
    .sort()
    .map((name) => `${name}${given[name]}`)
    .join('');
  const form = Object.fromEntries(
    Object.entries({ ...given, sign: sealed(text), ...after }).filter(([, value]) => value !== ''),
  );
  const type = { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' };
  return http('POST', `${baseUrl}/router/rest`, type, new URLSearchParams(form).toString());
}

/** A client of the message service that shows what it hears, byte for byte. */
export interface TmcClient {
  readonly socket: WebSocket;
  readonly heard: readonly Buffer[];
  say(hex: string): void;
}

export async function tmcClient(baseUrl: string): Promise<TmcClient> {
  const socket = new WebSocket(baseUrl.replace('http', 'ws'));
  const heard: Buffer[] = [];
  socket.on('message', (data: Buffer) => heard.push(data));
  await once(socket, 'open');
  return { socket, heard, say: (hex) => socket.send(Buffer.from(hex.replaceAll(' ', ''), 'hex')) };
}

/** A counted string as hex: an int32 length, little-endian, and UTF-8. */
export function counted(text: string): string {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return length.toString('hex') + bytes.toString('hex');
}

/** A frame from its custom headers, which are given as hex of type and value. */
export function frame(type: number, token: string | null, custom: Readonly<Record<string, string>>): string {
  const headers = Object.entries(custom).map(([name, value]) => `0100${counted(name)}${value}`);
  return `020${type}${token === null ? '' : `0500${counted(token)}`}${headers.join('')}0000`;
}

/** A text as the value of a custom header. */
export const text = (value: string): string => `01${counted(value)}`;

export function connectFrame(change: Readonly<Record<string, string>> = {}): string {
  const given = { app_key: TAOBAO_KEYS.appKey, group_name: 'default', timestamp: '1700000000000', ...change };
  const sign = sealed(`app_key${given.app_key}group_name${given.group_name}timestamp${given.timestamp}`);
  const all = { ...given, sign, ...change, sdk: 'test', intranet_ip: '127.0.0.1' };
  return frame(0, null, Object.fromEntries(Object.entries(all).map(([name, value]) => [name, text(value)])));
}
