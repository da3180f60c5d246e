import type { CodeRow } from '../../../domain/carrier/port.js';

/** The gateway's own answers: `{"success":false,"code":401,"reason":"…"}`. */
const GATEWAY = {
  '401': { text: '请求加密校验失败', advice: '', means: 'credentials' },
} as const satisfies Record<string, CodeRow>;

/**
 * The same shape with codes that YTO documents for placing orders only, "可重试" or not. Whether the intercept gives them
 * too is not known: one that speaks of the system, or of a repeat under way, leaves open what was done.
 */
const ORDERS = {
  '200010002': { text: '系统其它错误', advice: '可重试', means: 'outcome_unknown' },
  '200010003': { text: '入参不规范', advice: '不可重试', means: 'bad_request' },
  '200010005': { text: '重复下单，订单处理中', advice: '可重试', means: 'outcome_unknown' },
  '200010013': { text: '电子面单拉单失败', advice: '不可重试', means: 'courier_unknown_code' },
  '200017004': { text: '报文不合法', advice: '不可重试', means: 'bad_request' },
  '200017005': { text: '系统异常', advice: '联系圆通', means: 'outcome_unknown' },
} as const satisfies Record<string, CodeRow>;

/** `statusCode` of an intercept that was not taken. Why is told by `statusMessage` alone. */
export const REFUSED = '1';

/** Words of a `statusMessage` that are known. */
const WORDS = {
  已有有效拦截件: { text: '已有有效拦截件，不能重复发起拦截', advice: '', means: 'duplicate' },
} as const satisfies Record<string, CodeRow>;

const worded = Object.fromEntries(Object.entries(WORDS).map(([words, row]) => [`${REFUSED} ${words}`, row]));

/** A refusal with known words has a row of its own: `1 已有有效拦截件`. */
export const YTO_CODES: Readonly<Record<string, CodeRow>> = {
  [REFUSED]: { text: '原因只在 statusMessage 中', advice: '', means: 'courier_unknown_code' },
  ...worded,
  ...GATEWAY,
  ...ORDERS,
};

/** The row of the table that a refusal belongs to, by the words of its message. */
export function codeOfRefusal(message: string): string {
  const words = Object.keys(WORDS).find((each) => message.includes(each));
  return words === undefined ? REFUSED : `${REFUSED} ${words}`;
}
