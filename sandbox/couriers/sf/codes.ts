/** `apiResultCode` of the gateway, texts as documented; the text of A1011 was not found and is the twin's own. */
export const GATEWAY_CODES = {
  A1000: '',
  A1001: '必传参数不可为空',
  A1002: '请求时效已过期',
  A1003: 'IP无效',
  A1004: '无对应服务权限',
  A1005: '流量受控',
  A1006: '数字签名无效',
  A1007: '重复请求',
  A1008: '数据解密失败',
  A1009: '目标服务异常或不可达',
  A1011: '[TWIN] accessToken无效',
  A1099: '系统异常',
} as const satisfies Record<string, string>;

/** `errorCode` of the services, texts as documented. */
const SERVICE_CODES = {
  S0001: '非法的JSON格式',
  S0002: '必填参数%s为空',
  S0003: '系统发生数据错误或运行时异常',
  S0004: '参数%s超过最大长度',
  S0007: '参数数据类型错误',
  '6150': '找不到该订单',
  '8119': '月结卡号不存在或已失效',
} as const satisfies Record<string, string>;

/**
 * What the intercept itself refuses with is published nowhere. These are the twin's own, in digits as SF's codes about a
 * parcel are, and named so that nobody takes them for SF's. An adapter under test is told of them as an account would be.
 */
const TWIN_CODES = {
  '990101': '[TWIN] 运单未揽收',
  '990102': '[TWIN] 运单已签收',
  '990103': '[TWIN] 同一订单在成功通缉拦截一次后,不可再次进行通缉拦截',
  '990104': '[TWIN] 运单已退回',
  '990105': '[TWIN] 指令编码不存在',
  '990106': '[TWIN] 指令已执行,不可撤销',
  '990107': '[TWIN] 撤销不携带newDestAddress',
  '990108': '[TWIN] 只模拟退回',
  '990109': '[TWIN] 手机后四位不匹配',
} as const satisfies Record<string, string>;

export type ServiceCode = keyof typeof SERVICE_CODES | keyof typeof TWIN_CODES;

const TEXTS: Readonly<Record<string, string>> = { ...GATEWAY_CODES, ...SERVICE_CODES, ...TWIN_CODES };

/** The text of a code, with the field it is about; a scripted code of no table gets a neutral one. */
export function textOf(code: string, field = ''): string {
  return (TEXTS[code] ?? '业务处理失败').replace('%s', field);
}
