import { CarrierFault, type FaultKind } from '../../../domain/carrier/fault.js';
import type { CarrierFact, CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, parseJson, textAt } from '../fields.js';

/** What can be set for a gateway whose numbers the platform does not publish. */
export interface DouyinSettings {
  /** Values of `code` that mean "too fast, nothing was done". */
  readonly throttleCodes: readonly string[];
}

export const DOUYIN_SETTINGS: DouyinSettings = { throttleCodes: ['60000'] };

const SUCCESS = '10000';
/** Texts of the platform go into a message for people; this much of them is enough. */
const SHOWN_TEXT = 200;

interface AnswerRow {
  readonly zh: string;
  readonly means: FaultKind;
  readonly confidence: CarrierFact['confidence'];
}

/** The gateway's `code`. Second-hand: two public copies of op.jinritemai.com/docs/guide-docs/212/1427 that agree. */
const ANSWER_CODES: Readonly<Record<string, AnswerRow>> = {
  '20000': { zh: '服务不可用', means: 'unavailable', confidence: 'second-hand' },
  '20001': { zh: '内部服务超时', means: 'unavailable', confidence: 'second-hand' },
  '30001': { zh: '操作权限不足', means: 'credentials', confidence: 'second-hand' },
  '30002': { zh: '请求来源IP不可信', means: 'credentials', confidence: 'second-hand' },
  '40001': { zh: '缺少必选参数（平台校验）', means: 'bad_request', confidence: 'second-hand' },
  '40002': { zh: '缺少必选参数（业务校验）', means: 'bad_request', confidence: 'second-hand' },
  '40003': { zh: '非法的参数（平台校验）', means: 'bad_request', confidence: 'second-hand' },
  '40004': { zh: '非法的参数（业务校验）', means: 'bad_request', confidence: 'second-hand' },
  '50001': { zh: '平台处理失败', means: 'unavailable', confidence: 'second-hand' },
  // The only one the reference has: isv.business-failed:10000 "信息获取失败，请稍后重试".
  '50002': { zh: '业务处理失败', means: 'unavailable', confidence: 'documented' },
  '70000': { zh: '接口服务已下线', means: 'bad_request', confidence: 'second-hand' },
  '90000': { zh: '其他异常', means: 'unavailable', confidence: 'second-hand' },
};

/**
 * `sub_code` by its words, before `code` is looked at: 40003 alone would call an expired token our bug.
 * Second-hand for the names seen (isv.access-token-expired, isv.signature-invalid, dop.authorization-closed …), not
 * documented as a pattern.
 */
const SUB_CODES: readonly { readonly pattern: RegExp; readonly means: FaultKind }[] = [
  {
    pattern: /access-token|authori[sz]ation|signature|app-(id|key|secret|forbidden|permissions)/,
    means: 'credentials',
  },
  { pattern: /flow-?(control|limit)|rate-?limit|call-?limit|too-many|frequen/, means: 'throttled' },
];

function retryAfterMs(response: CarrierResponse): number | undefined {
  const seconds = response.headers['retry-after'];
  return seconds !== undefined && /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

const HTTP_FAULTS: Readonly<Record<number, FaultKind>> = { 400: 'bad_request', 401: 'credentials', 429: 'throttled' };

/** HTTP says no before the gateway does. These are reads: without an answer nothing has happened. */
function httpFault(response: CarrierResponse): CarrierFault | null {
  const { status } = response;
  if (status >= 200 && status < 300) return null;
  const kind = HTTP_FAULTS[status] ?? (status >= 500 ? 'unavailable' : 'contract_broken');
  return new CarrierFault(kind, `Douyin answered HTTP ${status}`, {
    rawCode: String(status),
    retryAfterMs: retryAfterMs(response),
  });
}

function faultKind(code: string, subCode: string, settings: DouyinSettings): FaultKind {
  if (settings.throttleCodes.includes(code)) return 'throttled';
  const byWords = SUB_CODES.find(({ pattern }) => pattern.test(subCode));
  return byWords?.means ?? ANSWER_CODES[code]?.means ?? 'contract_broken';
}

/**
 * The `data` of a gateway answer `{log_id, code, msg, sub_code, sub_msg, data}` (reference 1.4).
 * Throws CarrierFault for a refusal, UnreadableEvent for an answer that is not one.
 */
export function dataOfAnswer(response: CarrierResponse, settings: DouyinSettings): Fields {
  const fault = httpFault(response);
  if (fault) throw fault;
  const answer = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  const code = codeAt(answer, 'code');
  if (code === undefined) throw new UnreadableEvent('the answer has no code');
  if (code === SUCCESS) return fieldsAt(answer.data, 'the data of the answer');
  const subCode = textAt(answer, 'sub_code') ?? '';
  const text = textAt(answer, 'sub_msg') ?? textAt(answer, 'msg') ?? '';
  const rawCode = subCode ? `${code} ${subCode}` : code;
  throw new CarrierFault(
    faultKind(code, subCode, settings),
    `Douyin answered ${rawCode} ${text.slice(0, SHOWN_TEXT)}`.trimEnd(),
    { rawCode, retryAfterMs: retryAfterMs(response) },
  );
}
