/**
 * Yunda publishes no code at all, so these are the twin's own, and named so that nobody takes them for Yunda's. An
 * adapter under test is told of them as an account would be.
 */
export const TWIN_CODES = {
  TWIN_NO_API: '接口不存在',
  TWIN_APP: 'app-key错误',
  TWIN_SIGN: '签名错误',
  TWIN_BODY: '请求报文错误',
  TWIN_TOO_FAST: '请求过于频繁',
  TWIN_TYPE: '拦截类型错误',
  TWIN_UNKNOWN: '运单不存在',
  TWIN_NO_SCAN: '运单未揽收',
  TWIN_OUT: '运单已派件',
  TWIN_STATION: '运单已入库',
  TWIN_SIGNED: '运单已签收',
  TWIN_RETURNING: '运单已退回',
  TWIN_EXISTS: '运单已有拦截指令',
} as const satisfies Record<string, string>;

const TEXTS: Readonly<Record<string, string>> = TWIN_CODES;

/** The text of a code; a scripted code of no table gets a neutral one. */
export function textOf(code: string): string {
  return TEXTS[code] ?? '业务处理失败';
}
