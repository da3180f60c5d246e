import type { Verdict } from '../../frame/ledger-entry.js';
import type { CallLine, Outcome } from '../../frame/twin.js';
import { type WireValue, writeWireJson } from '../../frame/wire-json.js';

interface Refusal {
  readonly errcode: number;
  readonly errmsg: string;
  readonly verdict: Verdict;
}

/** Codes of the global table; those of an unknown after-sale or order are made up, because none is documented. */
export const REFUSALS = {
  noSuchApi: { errcode: 40066, errmsg: 'invalid url', verdict: 'bad_request' },
  notPost: { errcode: 43002, errmsg: 'require POST method', verdict: 'bad_request' },
  noToken: { errcode: 41001, errmsg: 'access_token missing', verdict: 'bad_signature' },
  badToken: {
    errcode: 40001,
    errmsg: 'invalid credential, access_token is invalid or not latest',
    verdict: 'bad_signature',
  },
  tokenExpired: { errcode: 42001, errmsg: 'access_token expired', verdict: 'bad_signature' },
  throttled: { errcode: 45011, errmsg: 'api minute-quota reach limit', verdict: 'throttled' },
  badJson: { errcode: 47001, errmsg: 'data format error', verdict: 'bad_request' },
  badWindow: { errcode: 10020004, errmsg: '非法的时间区间，不得大于24小时', verdict: 'bad_request' },
  noSuchAfterSale: { errcode: 10029999, errmsg: '售后单不存在', verdict: 'refused' },
  wrongStatus: { errcode: 10020001, errmsg: '售后单状态不合法', verdict: 'refused' },
  noSuchOrder: { errcode: 10019999, errmsg: '订单不存在', verdict: 'refused' },
} as const satisfies Record<string, Refusal>;
export type RefusalName = keyof typeof REFUSALS;

const HEADERS = { 'content-type': 'application/json; encoding=utf-8' };

export function refusal(name: RefusalName, line: Omit<CallLine, 'verdict'> = {}): Outcome {
  const { errcode, errmsg, verdict } = REFUSALS[name];
  const body = writeWireJson({ errcode, errmsg });
  return { status: 200, headers: HEADERS, body, line: { ...line, verdict, code: String(errcode) } };
}

export function success(content: Readonly<Record<string, WireValue>>, line: Omit<CallLine, 'verdict'>): Outcome {
  const body = writeWireJson({ errcode: 0, errmsg: 'ok', ...content });
  return { status: 200, headers: HEADERS, body, line: { ...line, verdict: 'answered', code: '0' } };
}
