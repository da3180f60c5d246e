import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { readJsonObject, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import type { AfterSaleBook } from './after-sale.js';
import { DOUYIN_CODES, type DouyinCodeName } from './codes.js';
import { detailData } from './detail.js';
import type { DouyinOptions, DouyinSwitches } from './options.js';
import { gatewaySign, isCanonicalParam, sameSign } from './sign.js';

export const DETAIL = 'afterSale/Detail';
export const LIST = 'afterSale/List';
export const INTERCEPT = 'afterSale/applyLogisticsIntercept';
export const OPERATE = 'afterSale/operate';
/** What each path must call itself in `method`. */
const METHODS: Readonly<Record<string, string>> = {
  [DETAIL]: 'afterSale.Detail',
  [LIST]: 'afterSale.List',
  [INTERCEPT]: 'afterSale.applyLogisticsIntercept',
  [OPERATE]: 'afterSale.operate',
};

/** The gateway's checks in order; the name of its refusal, or undefined: the call may pass. */
export function gatewayProblem(
  options: DouyinOptions,
  switches: DouyinSwitches,
  call: Call,
): DouyinCodeName | undefined {
  const given = (name: string) => call.query.get(name) ?? '';
  const method = METHODS[call.endpoint] ?? '';
  if (call.method !== 'POST' || method === '' || given('method') !== method) return 'noSuchApi';
  if (given('app_key') === '') return 'appKeyMissing';
  if (given('app_key') !== options['app-key']) return 'appKeyInvalid';
  if (given('sign') === '') return 'signMissing';
  if (!/^\d{10}$/.test(given('timestamp'))) return 'timestampFormat';
  if (isTooFar(given('timestamp'), switches.values.timestampWindowS, call.at)) return 'timestampInvalid';
  if (given('v') !== '2' || given('sign_method') !== 'hmac-sha256') return 'signInvalid';
  const keys = { appKey: options['app-key'], appSecret: options['app-secret'] };
  if (!sameSign(given('sign'), gatewaySign(keys, method, given('timestamp'), call.raw))) return 'signInvalid';
  if (readJsonObject(call.raw.toString('utf8')) === undefined) return 'paramInvalid';
  if (!isCanonicalParam(call.raw.toString('utf8'))) return 'signInvalid';
  if (given('access_token') === '') return 'tokenMissing';
  if (given('access_token') !== options['access-token']) return 'tokenUnknown';
  return switches.values.tokenExpired ? 'tokenExpired' : undefined;
}

/** afterSale.Detail: `after_sale_id` is text in the request and a bare number in the answer. */
export function answerDetail(book: AfterSaleBook, call: Call): Outcome {
  const id = readJsonObject(call.raw.toString('utf8'))?.after_sale_id;
  if (typeof id !== 'string') return gatewayAnswer('paramInvalid', call, { verdict: 'bad_request' });
  const afterSale = book.get(id);
  if (afterSale === undefined) return gatewayAnswer('noSuchAfterSale', call, { verdict: 'refused', waybillNo: id });
  const facts = { updateTime: afterSale.updateTime, status: afterSale.status };
  return gatewayAnswer('success', call, { verdict: 'answered', waybillNo: id, facts }, detailData(afterSale));
}

/** The answer envelope {log_id, code, msg, sub_code, sub_msg, data}, HTTP 200. */
export function gatewayAnswer(name: DouyinCodeName, call: Call, line: CallLine, data: WireValue = null): Outcome {
  const { code, msg, subCode, subMsg } = DOUYIN_CODES[name];
  const envelope = { log_id: String(call.at), code, msg, sub_code: subCode, sub_msg: subMsg, data };
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: writeWireJson(envelope),
    line: { ...line, code: subCode === '' ? String(code) : `${code}/${subCode}` },
  };
}

function isTooFar(timestamp: string, windowS: number, at: number): boolean {
  return windowS > 0 && Math.abs(at / 1000 - Number(timestamp)) > windowS;
}
