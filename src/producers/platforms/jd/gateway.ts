import type { CarrierRequest } from '../../../domain/carrier/port.js';
import { formatChinaTime } from '../../../domain/china-time.js';
import type { JdShopCredentials } from './credentials.js';
import { josSign } from './sign.js';

/** All of JOS is one address; the method is a parameter. */
const PATH = '/routerjson';

interface MethodRow {
  readonly method: string;
  /** What holds the result, inside the wrapper that is named after the method. */
  readonly inner: string;
  /** Does the result say `success`? */
  readonly saysSuccess: boolean;
  readonly effect: CarrierRequest['effect'];
}

/** The calls that are made (reference 4.2, 4.3). */
export const CALLS = {
  list: {
    method: 'jingdong.pop.afs.soa.refundapply.queryPageList',
    inner: 'queryResult',
    saysSuccess: true,
    effect: 'read',
  },
  refund: {
    method: 'jingdong.pop.afs.soa.refundapply.queryById',
    inner: 'queryResult',
    saysSuccess: true,
    effect: 'read',
  },
  order: { method: 'jingdong.pop.order.get', inner: 'orderDetailInfo', saysSuccess: false, effect: 'read' },
  reply: {
    method: 'jingdong.pop.afs.soa.refundapply.replyRefund',
    inner: 'replyResult',
    saysSuccess: true,
    effect: 'write',
  },
} as const satisfies Record<string, MethodRow>;
export type CallName = keyof typeof CALLS;

/**
 * One signed call. The business part is serialised once and that very text is signed; all travels as a form, the access
 * token too. Ids go as text, so that no digit is lost. `nowMs`: ms since 1970.
 */
export function josRequest(
  credentials: JdShopCredentials,
  name: CallName,
  content: Readonly<Record<string, string | number>>,
  nowMs: number,
): CarrierRequest {
  const { method, effect } = CALLS[name];
  const params = {
    method,
    app_key: credentials.appKey,
    access_token: credentials.accessToken,
    timestamp: formatChinaTime(new Date(nowMs)),
    v: '2.0',
    format: 'json',
    '360buy_param_json': JSON.stringify(content),
  };
  return {
    method: 'POST',
    path: PATH,
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ ...params, sign: josSign(params, credentials.appSecret) }).toString(),
    effect,
  };
}
