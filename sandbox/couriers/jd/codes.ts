/**
 * JD documents neither codes of its gateways nor business codes, so these are the twin's own: six digits that begin with
 * 99, and TWIN before every text. An adapter under test is told of them as an account would be.
 */
export const TWIN_CODES = {
  990400: 'TWIN 报文错误',
  990401: 'TWIN 签名错误',
  990403: 'TWIN 应用或令牌错误',
  990404: 'TWIN 接口不存在',
  990405: 'TWIN 运单不存在',
  990406: 'TWIN 下单来源或商家编码不符',
  990410: 'TWIN 运单已过拦截时机',
  990429: 'TWIN 请求过于频繁',
  990499: 'TWIN 业务处理失败',
} as const satisfies Record<number, string>;
export type TwinCode = keyof typeof TWIN_CODES;

const TEXTS: Readonly<Record<number, string>> = TWIN_CODES;

/** The text of a code; a scripted code of no table gets a neutral one. */
export function textOf(code: number): string {
  return TEXTS[code] ?? TWIN_CODES[990499];
}
