import { CarrierFault, type FaultKind } from '../../../domain/carrier/fault.js';
import type { CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, parseJson, textAt } from '../fields.js';
import { httpRefusal, retryAfterMs, withoutKeys } from '../http-refusal.js';
import type { KuaishouCredentials } from './manifest.js';

const SUCCESS = '1';
const SUB_CODE = /^[\w.:-]{1,64}$/;

interface ResultRow {
  readonly zh: string;
  /** `not_ours`: the after-sale does not exist or is another seller's. */
  readonly means: FaultKind | 'not_ours';
}

/** `result` of a refusal. 24 and 1017 from the support pages, 3000xx from the official page 400074 返回码说明. */
const RESULT_CODES: Readonly<Record<string, ResultRow>> = {
  '24': { zh: 'AUTHORIZATION_REVOKED', means: 'credentials' },
  '1017': { zh: 'exceed quota limit', means: 'throttled' },
  '300003': { zh: '结束时间要晚于开始时间', means: 'bad_request' },
  '300004': { zh: '查询范围不能大于7天', means: 'bad_request' },
  '300005': { zh: '只能查询最近90天内的订单', means: 'bad_request' },
  '300006': { zh: '退款单id为空', means: 'bad_request' },
  '300011': { zh: '退款单不存在', means: 'not_ours' },
  '300012': { zh: '不能操作他人退款单', means: 'not_ours' },
  '300019': { zh: '时间范围超限', means: 'bad_request' },
};

/** The words of the support pages K0003, K0004, K0006, K1004 and K1008: their numbers are not published. */
const WORDS: readonly { readonly pattern: RegExp; readonly means: FaultKind }[] = [
  { pattern: /exceed (?:quota|qps) limit/i, means: 'throttled' },
  {
    pattern: /鉴权失败|token过期|token中无scope权限|验签失败|签名校验失败|authorization_revoked/i,
    means: 'credentials',
  },
];

function refusalOf(code: string, text: string): FaultKind | 'not_ours' {
  return RESULT_CODES[code]?.means ?? WORDS.find(({ pattern }) => pattern.test(text))?.means ?? 'contract_broken';
}

function keysOf({ appKey, appSecret, accessToken, signSecret }: KuaishouCredentials): readonly string[] {
  return [accessToken, appSecret, signSecret ?? appSecret, appKey];
}

/** The `data` of an answer. Throws like `successOf`. */
export function dataOfAnswer(response: CarrierResponse, credentials: KuaishouCredentials): Fields {
  return fieldsAt(successOf(response, credentials).data, 'the data of the answer');
}

/**
 * A successful answer `{result, error_msg, code, msg, sub_code, sub_msg, data}`. Throws CarrierFault for a refusal,
 * UnreadableEvent for an answer that is none and for an after-sale that is not this seller's.
 */
export function successOf(response: CarrierResponse, credentials: KuaishouCredentials): Fields {
  const fault = httpRefusal(response, 'Kuaishou');
  if (fault) throw fault;
  const answer = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  const code = codeAt(answer, 'result');
  if (code === undefined) throw new UnreadableEvent('the answer has no result');
  if (code === SUCCESS) return answer;
  const texts = ['error_msg', 'msg', 'sub_msg'].flatMap((key) => textAt(answer, key) ?? []);
  const said = withoutKeys([...new Set(texts)].join('; '), keysOf(credentials));
  const subCode = textAt(answer, 'sub_code') ?? '';
  const rawCode = SUB_CODE.test(subCode) ? `${code} ${subCode}` : code;
  const means = refusalOf(code, texts.join(' '));
  if (means === 'not_ours') throw new UnreadableEvent(`Kuaishou knows no such after-sale of this shop (${rawCode})`);
  throw new CarrierFault(means, `Kuaishou answered ${rawCode} ${said}`.trimEnd(), {
    rawCode,
    retryAfterMs: retryAfterMs(response),
  });
}
