/**
 * Answers of Douyin's gateway, all HTTP 200. 10000 is documented in our reference; the others come from a public copy of
 * the platform's code table (not official) and are therefore "not documented" for whoever relies on them.
 */
export const DOUYIN_CODES = {
  success: { code: 10000, msg: 'success', subCode: '', subMsg: '' },
  noSuchApi: { code: 70000, msg: '接口服务已下线', subCode: 'isp.api-service-off', subMsg: 'API不存在或API已下线' },
  appKeyMissing: { code: 40001, msg: '缺少必选参数', subCode: 'isv.app-id-missing', subMsg: '认证失败，app_key不存在' },
  appKeyInvalid: {
    code: 40003,
    msg: '非法的参数',
    subCode: 'isv.app-id-invalid',
    subMsg: '认证失败，app_key格式不正确',
  },
  tokenMissing: {
    code: 40001,
    msg: '缺少必选参数',
    subCode: 'isv.access-token-missing',
    subMsg: '认证失败，access_token不能为空',
  },
  tokenUnknown: {
    code: 40003,
    msg: '非法的参数',
    subCode: 'isv.access-token-no-existed',
    subMsg: 'access_token不存在，请使用最新的access_token访问',
  },
  tokenExpired: { code: 40003, msg: '非法的参数', subCode: 'isv.access-token-expired', subMsg: 'access_token已过期' },
  timestampFormat: { code: 40003, msg: '非法的参数', subCode: 'isv.timestamp-format-error', subMsg: '时间戳格式错误' },
  timestampInvalid: { code: 40003, msg: '非法的参数', subCode: 'isv.timestamp-invalid', subMsg: '时间戳不合法' },
  signMissing: { code: 40001, msg: '缺少必选参数', subCode: 'isv.signature-missing', subMsg: '获取签名失败' },
  signInvalid: { code: 40003, msg: '非法的参数', subCode: 'isv.signature-invalid', subMsg: '签名校验失败' },
  paramInvalid: {
    code: 40003,
    msg: '非法的参数',
    subCode: 'isv.parameter-format-invalid',
    subMsg: '业务参数json解析失败，所有参数需为string类型',
  },
  throttled: { code: 60000, msg: '触发限流，请稍后重试', subCode: '', subMsg: '' },
  noSuchAfterSale: { code: 50002, msg: '业务处理失败', subCode: 'isv.business-failed:10000', subMsg: '售后单不存在' },
  wrongStatus: {
    code: 50002,
    msg: '业务处理失败',
    subCode: 'isv.business-failed:20309541',
    subMsg: '售后状态错误',
  },
  /** That a changed version is refused is documented; its number is made up. */
  staleVersion: {
    code: 50002,
    msg: '业务处理失败',
    subCode: 'isv.business-failed:11005',
    subMsg: '操作失败，售后单版本已变更',
  },
} as const satisfies Record<string, DouyinCode>;

export interface DouyinCode {
  readonly code: number;
  readonly msg: string;
  readonly subCode: string;
  readonly subMsg: string;
}
export type DouyinCodeName = keyof typeof DOUYIN_CODES;
