/** The gateway's own answers, the same for every API, HTTP 200. */
const GATEWAY_CODES = {
  PARAM_ERROR: '请求类型错误: 不支持的Content-Type',
  S207: 'API不存在',
  S208: '不能为空',
  S210: '无权限访问',
  S211: '签名错误',
  S214: '时间戳非法',
  S221: 'api qps flow limit',
} as const satisfies Record<string, string>;

/** Business answers of createIntercept and cancelIntercept, texts as documented. */
export const INTERCEPT_CODES = {
  E23101: '快件已签收',
  E23102: '订单信息不存在',
  E23108: '无效的拦截、退改方式',
  E23110: '无揽收与面单使用网点',
  E23111: '时效件，无法拦截',
  E23112: '已第三方进站不允许拦截',
  E23113: '有转单信息不允许拦截',
  E23114: '派件网点不支持到付业务',
  E23115: '派件网点不支持代收业务',
  E23116: '渠道不一致，不允许重复发起拦截/超过最大拦截次数',
  E23118: '订购渠道不存在/该渠道不允许拦截',
  E23119: '无任何轨迹不允许发起拦截',
  E23120: '有派件扫描不允许拦截',
  E23121: '存在相同渠道的拦截件,不允许再次发起',
  E23122: '目的地停发不允许拦截',
  E23123: '存在退改件信息不允许拦截',
  E23124: '轨迹异常不允许拦截',
  E23127: '已经有相同诉求,不允许再次发起',
  E23130: '非拦截中拦截件,不能取消',
  E23131: '取消网点与订购网点或原单揽收网点不一致,不能取消',
  E23135: '同拦截发起方不一致,无权取消',
  E23136: '已发往港澳台，暂不允许拦截',
  E23137: '有派件网点到件不允许拦截',
  E23138: '国际件不允许发起拦截',
  E23139: '不满足拦截发起业务规则',
  E23140: '包裹已确认遗失',
  E23141: '包裹已确认弃件',
  E23144: 'CRM无权限',
  E23146: '跨境客户，不允许发起改地址/退回指定地址',
  E23148: '联系方式格式错误',
  E23149: '虚拟号缺分机号',
  E23150: '联系方式超过16位',
  E23151: '已经有相同诉求,不允许再次发起',
  E23153: '发起人不属于发起网点',
  E23154: '单号不属于当前网点',
  E23157: '该渠道不支持重复发起拦截',
  E23160: '已存在外部平台发起的拦截，不允许发起',
} as const satisfies Record<string, string>;

/** Data-permission answers of the track API. */
const TRACK_CODES = {
  E409: '收寄人电话号码校验不一致',
  E413: '请输入收寄人任一方电话号码后4位',
} as const satisfies Record<string, string>;

const TEXTS: Readonly<Record<string, string>> = { ...GATEWAY_CODES, ...INTERCEPT_CODES, ...TRACK_CODES };

/** The documented text of a code; a scripted code that is not documented gets a neutral one. */
export function textOf(code: string): string {
  return TEXTS[code] ?? '业务处理失败';
}
