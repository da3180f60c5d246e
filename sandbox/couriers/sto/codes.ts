interface CodeRow {
  readonly text: string;
  /** What the answer's `needRetry` says. */
  readonly needRetry: boolean;
}

/**
 * No code of STO is public, so these are the twin's own, and named so that nobody takes them for STO's. An adapter under
 * test is told of them as an account would be.
 */
export const TWIN_CODES = {
  TWIN_NO_API: { text: '接口不存在', needRetry: false },
  TWIN_FORM: { text: '请求报文错误', needRetry: false },
  TWIN_APP: { text: '应用不存在', needRetry: false },
  TWIN_SIGN: { text: '签名错误', needRetry: false },
  TWIN_CONTENT: { text: '业务报文错误', needRetry: false },
  TWIN_TOO_FAST: { text: '请求过于频繁', needRetry: true },
  // For scripts: STO was too busy, and says so without acting.
  TWIN_BUSY: { text: '系统繁忙，请稍后重试', needRetry: true },
  TWIN_ACT: { text: '拦截类型错误', needRetry: false },
  TWIN_REDIRECT: { text: '不支持改址', needRetry: false },
  TWIN_UNKNOWN: { text: '运单不存在', needRetry: false },
  TWIN_NO_SCAN: { text: '运单未揽收', needRetry: false },
  TWIN_OUT: { text: '运单已派件', needRetry: false },
  TWIN_STATION: { text: '运单已入驿站', needRetry: false },
  TWIN_SIGNED: { text: '运单已签收', needRetry: false },
  TWIN_RETURNING: { text: '运单已退回', needRetry: false },
  TWIN_EXISTS: { text: '运单已有拦截', needRetry: false },
  TWIN_NO_INTERCEPT: { text: '没有拦截，不能取消', needRetry: false },
  TWIN_DONE: { text: '拦截已完成，不能取消', needRetry: false },
} as const satisfies Record<string, CodeRow>;
export type TwinCode = keyof typeof TWIN_CODES;

const ROWS: ReadonlyMap<string, CodeRow> = new Map(Object.entries(TWIN_CODES));

/** The row of a code; a scripted code of no table gets a neutral one. */
export function rowOf(code: string): CodeRow {
  return ROWS.get(code) ?? { text: '业务处理失败', needRetry: false };
}
