/**
 * Kuaidi100 publishes no code of interceptOrder but 200, so these are the twin's own, in a range and with a word (模拟,
 * simulated) so that nobody takes them for Kuaidi100's. An adapter under test is told of them as an account would be.
 */
export const TWIN_CODES = {
  noApi: { code: 99001, text: '模拟：接口不存在' },
  key: { code: 99002, text: '模拟：授权码错误' },
  sign: { code: 99003, text: '模拟：签名错误' },
  body: { code: 99004, text: '模拟：参数错误' },
  tooFast: { code: 99005, text: '模拟：请求过于频繁' },
  company: { code: 99006, text: '模拟：快递公司不支持拦截' },
  callback: { code: 99007, text: '模拟：该快递公司必须填写回调地址' },
  partner: { code: 99008, text: '模拟：该快递公司必须填写客户账户' },
  unknown: { code: 99010, text: '模拟：运单不存在' },
  noScan: { code: 99011, text: '模拟：运单未揽收' },
  out: { code: 99012, text: '模拟：运单派送中' },
  signed: { code: 99013, text: '模拟：运单已签收' },
  returning: { code: 99014, text: '模拟：运单已退回' },
  exists: { code: 99015, text: '模拟：运单已有拦截' },
} as const satisfies Record<string, { readonly code: number; readonly text: string }>;
export type TwinCode = keyof typeof TWIN_CODES;
