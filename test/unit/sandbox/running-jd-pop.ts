import { createHash } from 'node:crypto';
import { JdPopTwin } from '../../../sandbox/platforms/jd/jd.js';
import { JD_POP_VALUES } from '../../../sandbox/platforms/jd/options.js';
import type { RefundInput } from '../../../sandbox/refunds/refund.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const JD_POP_KEYS = {
  appKey: 'jd-pop-app',
  appSecret: 'jd-pop-secret',
  accessToken: 'jd-pop-token',
  shopId: '10123456',
} as const;

export async function startJdPop(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { appKey, appSecret, accessToken, shopId } = JD_POP_KEYS;
  const values = JD_POP_VALUES.parse({
    'app-key': appKey,
    'app-secret': appSecret,
    'access-token': accessToken,
    'shop-id': shopId,
    ...options.own,
  });
  return start((context) => new JdPopTwin(context, values), options);
}

/** A refund of a shipped order, over the control API. */
export function jdPopRefund(refundId: string, more: Partial<RefundInput> = {}): Json {
  return {
    shopId: JD_POP_KEYS.shopId,
    refundId,
    orderId: `3${refundId.slice(1)}`,
    refundFen: 8900,
    paidFen: 8900,
    parcels: [{ companyCode: '2087', companyName: '京东快递', waybillNo: `JDVC${refundId.slice(-10)}` }],
    ...more,
  };
}

const METHODS = {
  list: 'jingdong.pop.afs.soa.refundapply.queryPageList',
  refund: 'jingdong.pop.afs.soa.refundapply.queryById',
  order: 'jingdong.pop.order.get',
  reply: 'jingdong.pop.afs.soa.refundapply.replyRefund',
} as const;
export type JdPopMethod = keyof typeof METHODS;

/** `yyyy-MM-dd HH:mm:ss` in China. */
export const inChina = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** A call as public clients write it; `change` replaces parameters before signing, `after` behind the signature's back. */
export function callJdPop(
  baseUrl: string,
  name: JdPopMethod,
  content: Json | string,
  change: Record<string, string> = {},
  after: Record<string, string> = {},
): Promise<HttpAnswer> {
  const { appKey, appSecret, accessToken } = JD_POP_KEYS;
  const parameters: Record<string, string> = {
    method: METHODS[name],
    app_key: appKey,
    access_token: accessToken,
    timestamp: inChina(Date.now()),
    v: '2.0',
    format: 'json',
    '360buy_param_json': typeof content === 'string' ? content : JSON.stringify(content),
    ...change,
  };
  const pairs = Object.keys(parameters)
    .sort()
    .map((key) => `${key}${parameters[key]}`);
  const sign = createHash('md5')
    .update(`${appSecret}${pairs.join('')}${appSecret}`)
    .digest('hex')
    .toUpperCase();
  const body = new URLSearchParams({ ...parameters, sign, ...after }).toString();
  return http('POST', `${baseUrl}/routerjson`, { 'content-type': 'application/x-www-form-urlencoded' }, body);
}

const WRAPPERS = {
  list: ['jingdong_pop_afs_soa_refundapply_queryPageList_responce', 'queryResult'],
  refund: ['jingdong_pop_afs_soa_refundapply_queryById_responce', 'queryResult'],
  order: ['jingdong_pop_order_get_responce', 'orderDetailInfo'],
  reply: ['jingdong_pop_afs_soa_refundapply_replyRefund_responce', 'replyResult'],
} as const satisfies Record<JdPopMethod, readonly [string, string]>;

/** The result of a call, or the failure of the gateway. */
export function saidBy({ json }: HttpAnswer, name: JdPopMethod): Json {
  const [outer, inner] = WRAPPERS[name];
  const wrapper = json[outer] as Json | undefined;
  return (wrapper?.[inner] ?? json.error_response) as Json;
}
