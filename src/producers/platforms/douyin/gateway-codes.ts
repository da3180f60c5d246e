import type { FaultKind } from '../../../domain/carrier/fault.js';
import type { CarrierFact, CodeRow } from '../../../domain/carrier/port.js';

interface GatewayCode {
  readonly zh: string;
  readonly advice: string;
  /** What it means for a read: without an answer nothing has happened. */
  readonly read: FaultKind;
  /** What it means for an order: only what says that nothing was done may be sent again. */
  readonly write: CodeRow['means'];
  readonly confidence: CarrierFact['confidence'];
}

const OUR_BUG = { advice: '检查请求参数', read: 'bad_request', write: 'bad_request' } as const;
const KEYS = { advice: '检查授权', read: 'credentials', write: 'credentials' } as const;
const UNCLEAR = { advice: '稍后查询结果', read: 'unavailable', write: 'outcome_unknown' } as const;

/**
 * The gateway's `code`, or `code sub_code` where the pair means more. Second-hand: two public copies of
 * op.jinritemai.com/docs/guide-docs/212/1427 that agree.
 */
export const GATEWAY_CODES = {
  '20000': { zh: '服务不可用', ...UNCLEAR, confidence: 'second-hand' },
  '20001': { zh: '内部服务超时', ...UNCLEAR, confidence: 'second-hand' },
  '30001': { zh: '操作权限不足', ...KEYS, confidence: 'second-hand' },
  '30002': { zh: '请求来源IP不可信', ...KEYS, confidence: 'second-hand' },
  '40001': { zh: '缺少必选参数（平台校验）', ...OUR_BUG, confidence: 'second-hand' },
  '40002': { zh: '缺少必选参数（业务校验）', ...OUR_BUG, confidence: 'second-hand' },
  '40003': { zh: '非法的参数（平台校验）', ...OUR_BUG, confidence: 'second-hand' },
  '40004': { zh: '非法的参数（业务校验）', ...OUR_BUG, confidence: 'second-hand' },
  '50001': { zh: '平台处理失败', ...UNCLEAR, confidence: 'second-hand' },
  // A business no. Which one, only the words say: an account may teach what they mean (`interceptMeanings`).
  '50002': {
    zh: '业务处理失败',
    advice: '查看失败原因',
    read: 'unavailable',
    write: 'courier_unknown_code',
    confidence: 'second-hand',
  },
  // The documented error of the intercept itself: nothing could be looked up, so nothing was done; its advice is to retry.
  '50002 isv.business-failed:10000': {
    zh: '信息获取失败，请稍后重试',
    advice: '重试',
    read: 'unavailable',
    write: 'unavailable',
    confidence: 'second-hand',
  },
  '60000': {
    zh: '触发限流',
    advice: '降低频率后重试',
    read: 'throttled',
    write: 'throttled',
    confidence: 'second-hand',
  },
  '70000': { zh: '接口服务已下线', ...OUR_BUG, confidence: 'second-hand' },
  '90000': { zh: '其他异常', ...UNCLEAR, confidence: 'second-hand' },
} as const satisfies Record<string, GatewayCode>;

/** The row of this answer, the pair before the code alone; undefined: nobody documented it. */
export function gatewayCode(code: string, subCode: string): GatewayCode | undefined {
  const key = [`${code} ${subCode}`, code].find((one) => Object.hasOwn(GATEWAY_CODES, one));
  return key === undefined ? undefined : GATEWAY_CODES[key as keyof typeof GATEWAY_CODES];
}

/**
 * `sub_code` by its words, before `code` is looked at: 40003 alone would call an expired token our bug.
 * Second-hand for the names seen (isv.access-token-expired, isv.signature-invalid, dop.authorization-closed …), not
 * documented as a pattern.
 */
const SUB_CODES: readonly { readonly pattern: RegExp; readonly means: 'credentials' | 'throttled' }[] = [
  {
    pattern: /access-token|authori[sz]ation|signature|app-(id|key|secret|forbidden|permissions)/,
    means: 'credentials',
  },
  { pattern: /flow-?(control|limit)|rate-?limit|call-?limit|too-many|frequen/, means: 'throttled' },
];

export function subCodeMeaning(subCode: string): 'credentials' | 'throttled' | undefined {
  return SUB_CODES.find(({ pattern }) => pattern.test(subCode))?.means;
}
