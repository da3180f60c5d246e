import type { Call } from '../../frame/twin.js';
import type { FailureName } from './answers.js';
import type { JdPopOptions, JdPopSwitches } from './options.js';
import { callSign, sameSign } from './sign.js';

/** All of JOS is one address; the method is a parameter. */
const GATEWAY_PATH = '/routerjson';

export const LIST = 'jingdong.pop.afs.soa.refundapply.queryPageList';
export const REFUND = 'jingdong.pop.afs.soa.refundapply.queryById';
export const ORDER = 'jingdong.pop.order.get';
export const REPLY = 'jingdong.pop.afs.soa.refundapply.replyRefund';
const METHODS: readonly string[] = [LIST, REFUND, ORDER, REPLY];

const NEEDED = ['method', 'app_key', 'access_token', 'timestamp', 'v', '360buy_param_json', 'sign'] as const;
const KNOWN: readonly string[] = [...NEEDED, 'format'];
const CHINA_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

/** `yyyy-MM-dd HH:mm:ss` in China as unix milliseconds; NaN if it is not that. */
export function chinaMs(text: string): number {
  const parts = CHINA_TIME.exec(text);
  return parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}+08:00`);
}

export function formOf({ raw }: Pick<Call, 'raw'>): URLSearchParams {
  return new URLSearchParams(raw.toString('utf8'));
}

function isWellFormed({ method, path, headers }: Call, form: URLSearchParams): boolean {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (method !== 'POST' || path !== GATEWAY_PATH || type !== 'application/x-www-form-urlencoded') return false;
  const names = [...form.keys()];
  const each = new Set(names).size === names.length && names.every((name) => KNOWN.includes(name));
  const whole = NEEDED.every((name) => (form.get(name) ?? '') !== '');
  return each && whole && form.get('v') === '2.0' && (form.get('format') ?? 'json') === 'json';
}

/** The gateway's checks in order; the name of its refusal, or undefined: the call may pass. */
export function gatewayProblem(
  options: JdPopOptions,
  { values }: JdPopSwitches,
  call: Call,
  form: URLSearchParams,
): FailureName | undefined {
  const given = (name: (typeof NEEDED)[number]) => form.get(name) ?? '';
  if (!isWellFormed(call, form)) return 'malformed';
  if (!METHODS.includes(given('method'))) return 'noSuchMethod';
  const away = Math.abs(chinaMs(given('timestamp')) - call.at);
  if (Number.isNaN(away) || (values.timestampWindowS > 0 && away > values.timestampWindowS * 1_000)) {
    return 'badTimestamp';
  }
  if (given('app_key') !== options['app-key']) return 'badAppKey';
  if (!sameSign(given('sign'), callSign(form, options['app-secret']))) return 'badSign';
  return values.tokenExpired || given('access_token') !== options['access-token'] ? 'badToken' : undefined;
}
