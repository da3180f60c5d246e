import type { Verdict } from '../../frame/ledger-entry.js';
import type { CallLine, Outcome } from '../../frame/twin.js';
import { type WireValue, writeWireJson } from '../../frame/wire-json.js';

interface Refusal {
  readonly errorCode: number;
  readonly errorMsg: string;
  readonly verdict: Verdict;
}

/** The platform publishes no codes: all of these are made up, and nothing should depend on one. */
export const REFUSALS = {
  noSuchApi: { errorCode: -9070001, errorMsg: 'method不存在', verdict: 'bad_request' },
  badSign: { errorCode: -9070002, errorMsg: '签名错误', verdict: 'bad_signature' },
  badApp: { errorCode: -9070003, errorMsg: 'appId不存在', verdict: 'bad_signature' },
  badToken: { errorCode: -9070004, errorMsg: 'accessToken无效', verdict: 'bad_signature' },
  tokenExpired: { errorCode: -9070005, errorMsg: 'accessToken已过期', verdict: 'bad_signature' },
  throttled: { errorCode: -9070006, errorMsg: '触发限流', verdict: 'throttled' },
  badParam: { errorCode: -9080001, errorMsg: '参数错误', verdict: 'bad_request' },
  tooWide: { errorCode: -9080002, errorMsg: '更新时间范围不大于30分钟', verdict: 'bad_request' },
  noSuchReturns: { errorCode: -9080003, errorMsg: '售后单不存在', verdict: 'refused' },
  wrongStatus: { errorCode: -9080005, errorMsg: '售后单状态不允许操作', verdict: 'refused' },
  noSuchOrder: { errorCode: -9080004, errorMsg: '订单不存在', verdict: 'refused' },
} as const satisfies Record<string, Refusal>;
export type RefusalName = keyof typeof REFUSALS;

const HEADERS = { 'content-type': 'application/json;charset=utf-8' };

export function refusal(name: RefusalName, line: Omit<CallLine, 'verdict'> = {}): Outcome {
  const { errorCode, errorMsg, verdict } = REFUSALS[name];
  const body = writeWireJson({ success: false, error_code: errorCode, error_msg: errorMsg, data: null });
  return { status: 200, headers: HEADERS, body, line: { ...line, verdict, code: String(errorCode) } };
}

export function success(data: WireValue, line: Omit<CallLine, 'verdict'>): Outcome {
  const body = writeWireJson({ success: true, error_code: 0, error_msg: '', data });
  return { status: 200, headers: HEADERS, body, line: { ...line, verdict: 'answered', code: '0' } };
}
