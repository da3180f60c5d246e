import type { Verdict } from '../../frame/ledger-entry.js';
import type { CallLine, Outcome } from '../../frame/twin.js';
import { type WireValue, writeWireJson } from '../../frame/wire-json.js';

interface Refusal {
  readonly result: number;
  readonly errorMsg: string;
  readonly verdict: Verdict;
}

/**
 * Refusals in the words of the support pages K0004, K0006, K1004, K1008 and of page 400074. Where a page prints no number,
 * the number here is made up: nothing should depend on it.
 */
export const REFUSALS = {
  noSuchApi: { result: 1016, errorMsg: 'API不存在', verdict: 'bad_request' },
  badSign: { result: 28, errorMsg: '签名校验失败', verdict: 'bad_signature' },
  badToken: { result: 21, errorMsg: '鉴权失败', verdict: 'bad_signature' },
  revoked: { result: 24, errorMsg: 'AUTHORIZATION_REVOKED', verdict: 'bad_signature' },
  throttled: {
    result: 1017,
    errorMsg: 'Exceed qps limit, KEY [apiId:x;appkey:ks], MAX_QPS [300.0]',
    verdict: 'throttled',
  },
  badParam: { result: 300006, errorMsg: 'REFUND ID IS BLANK', verdict: 'bad_request' },
  endBeforeBegin: { result: 300003, errorMsg: 'ENDTIME MUST AFTER BEGINTIME', verdict: 'bad_request' },
  tooWide: { result: 300019, errorMsg: 'SEARCH TIME RANGE EXPAND LIMIT', verdict: 'bad_request' },
  noSuchRefund: { result: 300011, errorMsg: 'REFUND ORDER NOT FOUND', verdict: 'refused' },
  notApproved: { result: 300020, errorMsg: 'REFUND STATUS OR AMOUNT CHANGED', verdict: 'refused' },
  noSuchOrder: { result: 300012, errorMsg: 'REFUND ORDER OPERATION REJECT', verdict: 'refused' },
} as const satisfies Record<string, Refusal>;
export type RefusalName = keyof typeof REFUSALS;

const HEADERS = { 'content-type': 'application/json;charset=UTF-8' };

export function refusal(name: RefusalName, line: Omit<CallLine, 'verdict'> = {}): Outcome {
  const { result, errorMsg, verdict } = REFUSALS[name];
  const body = writeWireJson({ result, code: String(result), msg: errorMsg, error_msg: errorMsg });
  return { status: 200, headers: HEADERS, body, line: { ...line, verdict, code: String(result) } };
}

export function success(data: WireValue, line: Omit<CallLine, 'verdict'>): Outcome {
  const body = writeWireJson({ result: 1, code: '1', msg: 'success', error_msg: 'SUCCESS', data });
  return { status: 200, headers: HEADERS, body, line: { ...line, verdict: 'answered', code: '1' } };
}
