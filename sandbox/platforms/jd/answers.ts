import type { Verdict } from '../../frame/ledger-entry.js';
import type { CallLine, Outcome } from '../../frame/twin.js';
import { type WireValue, writeWireJson } from '../../frame/wire-json.js';

interface Failure {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly verdict: Verdict;
}

/**
 * Refusals of the gateway. 12, 15, 19 and 21 were seen by public clients; numbers from 990400 are made up, since no list
 * is published: nothing should depend on them.
 */
export const FAILURES = {
  badSign: { code: '12', zh: '无效签名', en: 'Invalid signature', verdict: 'bad_signature' },
  noSuchMethod: { code: '15', zh: '不存在的方法名', en: 'Invalid Method', verdict: 'bad_request' },
  badToken: { code: '19', zh: '无效access_token', en: 'Invalid access_token', verdict: 'bad_signature' },
  badAppKey: { code: '21', zh: 'app_key 信息无效', en: 'Invalid app_key', verdict: 'bad_signature' },
  malformed: { code: '990400', zh: '参数错误', en: 'Malformed', verdict: 'bad_request' },
  badTimestamp: { code: '990408', zh: '时间戳无效', en: 'Invalid timestamp', verdict: 'bad_request' },
  throttled: { code: '990429', zh: '调用过于频繁', en: 'Too many calls', verdict: 'throttled' },
} as const satisfies Record<string, Failure>;
export type FailureName = keyof typeof FAILURES;

const HEADERS = { 'content-type': 'application/json;charset=UTF-8' } as const;

/** `{"error_response": …}`, HTTP 200. */
export function failure(name: FailureName, line: Omit<CallLine, 'verdict'> = {}): Outcome {
  const { code, zh, en, verdict } = FAILURES[name];
  const body = writeWireJson({ error_response: { code, zh_desc: zh, en_desc: en } });
  return { status: 200, headers: HEADERS, body, line: { ...line, verdict, code } };
}

/** `{"<method>_responce": {"code": "0", …}}`; "responce" is JD's own spelling. */
export function answer(method: string, inner: Readonly<Record<string, WireValue>>, line: CallLine): Outcome {
  const body = writeWireJson({ [`${method.replaceAll('.', '_')}_responce`]: { code: '0', ...inner } });
  return { status: 200, headers: HEADERS, body, line: { code: '0', ...line } };
}
