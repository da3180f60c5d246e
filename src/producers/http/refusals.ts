import type { Response } from 'express';

/** Why the intake takes a request not in, as RFC 9457 problems with a stable code. */
export const REFUSALS = {
  unknown_shop: {
    status: 404,
    zh: '没有这个店铺，或该店铺不属于此平台。请核对推送地址。',
    en: 'There is no such shop, or it is not of this platform. Check the address of the webhook.',
  },
  unknown_account: {
    status: 404,
    zh: '没有这个快递账号，或该账号不属于此快递。请核对推送地址。',
    en: 'There is no such courier account, or it is not of this courier. Check the address of the push.',
  },
  method_not_allowed: {
    status: 405,
    zh: '此地址只接受 POST。',
    en: 'This address takes POST only.',
  },
  body_too_slow: {
    status: 408,
    zh: '请求体传输过慢，已断开。请重新发送。',
    en: 'The body came too slowly and was given up. Send it again.',
  },
  body_too_large: {
    status: 413,
    zh: '请求体超过上限。请缩小后重新发送。',
    en: 'The body is larger than the limit. Send less at a time.',
  },
  encoding_unsupported: {
    status: 415,
    zh: '不接受压缩的请求体。请不要使用 Content-Encoding。',
    en: 'Compressed bodies are not taken. Send it without Content-Encoding.',
  },
  body_unreadable: {
    status: 400,
    zh: '请求体不完整。请重新发送。',
    en: 'The body is incomplete. Send it again.',
  },
  event_not_storable: {
    status: 500,
    zh: '该事件无法保存，已记录。请勿重复发送。',
    en: 'This event cannot be stored; it has been reported. Sending it again will not help.',
  },
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** Answers with the problem of that code. */
export function refuse(res: Response, code: RefusalCode): void {
  if (res.headersSent) return;
  const { status, zh, en } = REFUSALS[code];
  res
    .status(status)
    .set('Content-Type', 'application/problem+json; charset=utf-8')
    .end(
      JSON.stringify({ type: `urn:jiejian:problem:${code}`, title: en, status, code, detail: en, text: { zh, en } }),
    );
}
