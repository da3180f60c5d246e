import { CarrierFault, type FaultKind } from '../../../domain/carrier/fault.js';
import type { CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { type Fields, fieldsAt, parseJson } from '../fields.js';
import { httpRefusal, retryAfterMs, withoutKeys } from '../http-refusal.js';
import type { WechatCredentials } from './manifest.js';

interface ErrcodeRow {
  readonly zh: string;
  readonly means: FaultKind;
}

/** `errcode` of the global table 全局返回码; 10020004 stands on the page of the list. */
const ERRCODES: Readonly<Record<string, ErrcodeRow>> = {
  '-1': { zh: '系统繁忙', means: 'unavailable' },
  '40001': { zh: 'access_token 无效', means: 'credentials' },
  '40013': { zh: '不合法的 AppID', means: 'credentials' },
  '40014': { zh: '不合法的 access_token', means: 'credentials' },
  '40164': { zh: '调用接口的 IP 不在白名单中', means: 'credentials' },
  '41001': { zh: '缺少 access_token 参数', means: 'credentials' },
  '42001': { zh: 'access_token 超时', means: 'credentials' },
  '48001': { zh: 'api 功能未授权', means: 'credentials' },
  '45009': { zh: '接口调用超过限制', means: 'throttled' },
  '45011': { zh: 'api 调用太频繁', means: 'throttled' },
  '10021044': { zh: '当前用户太多，请稍后再试', means: 'throttled' },
  '10021059': { zh: '平台退款请求太频繁，一分钟一次', means: 'throttled' },
  '40035': { zh: '不合法的参数', means: 'bad_request' },
  '43002': { zh: '需要 POST 请求', means: 'bad_request' },
  '44002': { zh: 'POST 的数据包为空', means: 'bad_request' },
  '47001': { zh: '解析 JSON 内容错误', means: 'bad_request' },
  '10020003': { zh: '非法的 openid 参数', means: 'bad_request' },
  '10020004': { zh: '非法的时间区间', means: 'bad_request' },
};

/** What the pages of acceptapply and rejectapply call a no to the decision itself; its limits are `throttled`. */
const REFUSALS: ReadonlySet<unknown> = new Set([
  10020000, 10020001, 10021041, 10021043, 10021045, 10021046, 10021050, 10021068,
]);

/** The platform's no to a decision, as it documents it; null: the answer is none of these. Throws like `answerOf`. */
export function refusalIn(response: CarrierResponse): { readonly rawCode: string; readonly rawText: string } | null {
  if (response.status !== 200) return null;
  const { errcode, errmsg } = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  if (!REFUSALS.has(errcode)) return null;
  return { rawCode: String(errcode), rawText: typeof errmsg === 'string' ? errmsg.slice(0, 200) : '' };
}

function keysOf({ appKey, appSecret, accessToken }: WechatCredentials): readonly string[] {
  return [accessToken, appSecret, appKey];
}

/**
 * An answer `{errcode: 0, errmsg, …}`. Throws CarrierFault for a refusal, UnreadableEvent for an answer without a code:
 * silence is not success.
 */
export function answerOf(response: CarrierResponse, credentials: WechatCredentials): Fields {
  const fault = httpRefusal(response, 'WeChat');
  if (fault) throw fault;
  const answer = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  const { errcode, errmsg } = answer;
  if (!Number.isSafeInteger(errcode)) throw new UnreadableEvent('the answer has no errcode');
  if (errcode === 0) return answer;
  const rawCode = String(errcode);
  const text = typeof errmsg === 'string' ? withoutKeys(errmsg, keysOf(credentials)) : '';
  throw new CarrierFault(
    ERRCODES[rawCode]?.means ?? 'contract_broken',
    `WeChat answered ${rawCode} ${text}`.trimEnd(),
    { rawCode, retryAfterMs: retryAfterMs(response) },
  );
}
