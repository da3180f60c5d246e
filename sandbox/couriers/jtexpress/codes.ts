/**
 * The codes that one weak source names, as far as the twin uses them, and the twin's own, which are named so that nobody
 * takes them for J&T's: no code of the intercept or of the gateway is public. An adapter under test is told of them as an
 * account would be.
 */
export const CODES = {
  '145003031': '业务参数签名失败',
  '145003064': '查不到数据',
  TWIN_NO_API: '接口不存在',
  TWIN_ACCOUNT: 'apiAccount错误',
  TWIN_SIGN: '请求头签名失败',
  TWIN_BODY: '请求报文错误',
  TWIN_UUID: 'uuid错误',
  TWIN_TOO_FAST: '请求过于频繁',
  TWIN_TYPE: '申请类型错误',
  TWIN_NO_SCAN: '快件未揽收',
  TWIN_OUT: '快件已派件',
  TWIN_AGENT: '快件已到代理点',
  TWIN_SIGNED: '快件已签收',
  TWIN_RETURNING: '快件已退回',
  TWIN_EXISTS: '快件已有拦截',
} as const satisfies Record<string, string>;
export type Code = keyof typeof CODES;

const TEXTS: Readonly<Record<string, string>> = CODES;

/** The text of a code; a scripted code of no table gets a neutral one. */
export function textOf(code: string): string {
  return TEXTS[code] ?? '业务处理失败';
}
