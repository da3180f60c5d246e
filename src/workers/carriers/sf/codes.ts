import type { CodeRow } from '../../../domain/carrier/port.js';

/** "The platform let the call through"; says nothing of the business. */
export const PASSED = 'A1000';
/** `errorCode` of a business success. */
export const DONE = 'S0000';

/** `apiResultCode` of the gateway. */
const GATEWAY = {
  A1001: { text: '必传参数不可为空', advice: '', means: 'bad_request' },
  // Signed just before it was sent: a clock or the unit of the time is wrong, and nothing was done.
  A1002: { text: '请求时效已过期', advice: 'check the clock and `timestampUnit`', means: 'unavailable' },
  A1003: { text: 'IP无效', advice: 'have your address listed at SF', means: 'credentials' },
  A1004: { text: '无对应服务权限', advice: 'have the interface enabled at SF', means: 'credentials' },
  A1005: { text: '流量受控', advice: '', means: 'throttled' },
  A1006: { text: '数字签名无效', advice: 'check `checkWord` and `rawDigest`', means: 'credentials' },
  // The same requestID was seen before. What became of that request it does not say: asked, never taken for an order.
  A1007: { text: '重复请求', advice: '', means: 'outcome_unknown' },
  A1008: { text: '数据解密失败', advice: '', means: 'bad_request' },
  // The system behind the gateway failed or was not reached: it may have acted.
  A1009: { text: '目标服务异常或不可达', advice: '', means: 'outcome_unknown' },
  A1010: { text: '', advice: 'text not found; one client calls it an input error', means: 'bad_request' },
  A1011: { text: '', advice: 'text not found; one client calls it an authorisation error', means: 'credentials' },
  A1099: { text: '系统异常', advice: '', means: 'outcome_unknown' },
} as const satisfies Record<string, CodeRow>;

/** `errorCode` that every service may give. */
const SYSTEM = {
  S0001: { text: '非法的JSON格式', advice: '', means: 'bad_request' },
  S0002: { text: '必填参数%s为空', advice: '', means: 'bad_request' },
  S0003: { text: '系统发生数据错误或运行时异常', advice: '', means: 'outcome_unknown' },
  S0004: { text: '参数%s超过最大长度', advice: 'shorten the return address', means: 'courier_bad_data' },
  S0005: { text: '参数超过最大值', advice: '', means: 'courier_bad_data' },
  S0006: { text: '参数不能小于', advice: '', means: 'courier_bad_data' },
  S0007: { text: '参数数据类型错误', advice: '', means: 'bad_request' },
} as const satisfies Record<string, CodeRow>;

/**
 * `errorCode` of the services for orders. Whether the intercept gives them is not known; its own codes are published
 * nowhere, and `meanings` of the account takes those that were seen.
 */
const ORDERS = {
  '6150': { text: '找不到该订单', advice: '', means: 'courier_unknown_waybill' },
  '8017': { text: '订单号与运单号不匹配', advice: '', means: 'courier_bad_data' },
  '8018': { text: '未获取到订单信息', advice: '', means: 'courier_unknown_waybill' },
  // The order to ship, or the order to intercept: not said, so it is no explanation.
  '8037': { text: '订单已取消', advice: 'ask SF which order is meant', means: 'courier_unknown_code' },
  // The account's card, the same for every parcel: the lane waits instead of refusing parcels for good.
  '8119': { text: '月结卡号不存在或已失效', advice: 'check `monthlyCard`', means: 'credentials' },
  '8191': { text: '运单号格式不正确', advice: '', means: 'courier_bad_data' },
  '8247': { text: '运单号不合法', advice: '', means: 'courier_bad_data' },
  '8252': { text: '订单已确认', advice: 'not explained for the intercept', means: 'courier_unknown_code' },
} as const satisfies Record<string, CodeRow>;

export const SF_CODES: Readonly<Record<string, CodeRow>> = { ...GATEWAY, ...SYSTEM, ...ORDERS };

/** Refusals of the account that a new token cannot mend: the address, the right to the service. */
const NOT_THE_TOKEN: ReadonlySet<string> = new Set(['A1003', 'A1004']);

/** May this code, where it refuses the account, be the gateway's word for a token it no longer takes? */
export function mayBeTheToken(code: string): boolean {
  return /^A\d+$/.test(code) && !NOT_THE_TOKEN.has(code);
}

/** Our own words, beside answers that never left us. */
export const NO_RETURN_ADDRESS = 'no_return_address';
export const NO_CUS_ID = 'no_cus_id';
