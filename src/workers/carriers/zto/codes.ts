import type { CodeRow } from '../../../domain/carrier/port.js';

/**
 * Codes of createIntercept and cancelIntercept (ZTO's own table). A repeat is never taken for a plain refusal: if an
 * attempt of ours may have left, the courier must be asked what became of it (design.md "Sending again").
 */
const BUSINESS = {
  E23101: { text: '快件已签收', advice: '更换未签收运单发起', means: 'courier_already_delivered' },
  E23102: { text: '订单信息不存在', advice: '联系管理员处理', means: 'courier_unknown_waybill' },
  // Names our own parameter: a parcel cannot cause it, so sending the next one the same way is pointless.
  E23108: { text: '无效的拦截、退改方式', advice: '检查入参destinationType', means: 'bad_request' },
  E23110: { text: '无揽收与面单使用网点', advice: '联系管理员处理', means: 'courier_not_allowed' },
  E23111: { text: '时效件，无法拦截', advice: '更换运单', means: 'courier_not_allowed' },
  E23112: { text: '已第三方进站不允许拦截', advice: '更换运单', means: 'courier_too_late' },
  E23113: { text: '有转单信息不允许拦截', advice: '更换运单', means: 'courier_not_allowed' },
  E23114: { text: '派件网点不支持到付业务', advice: '更换运单', means: 'courier_not_allowed' },
  E23115: { text: '派件网点不支持代收业务', advice: '更换运单', means: 'courier_not_allowed' },
  // Two cases in one text; the worse one for us is an intercept of ours that already exists.
  E23116: { text: '渠道不一致，不允许重复发起拦截/超过最大拦截次数', advice: '更换运单', means: 'duplicate' },
  // Two cases again, one of them about a single parcel's channel: one parcel must not stop the whole lane.
  E23118: {
    text: '订购渠道不存在/该渠道不允许拦截',
    advice: '检查入参platform，或联系管理员处理',
    means: 'courier_not_allowed',
  },
  E23119: { text: '无任何轨迹不允许发起拦截', advice: '揽收后再重试', means: 'not_yet' },
  E23120: { text: '有派件扫描不允许拦截', advice: '更换运单', means: 'courier_too_late' },
  E23121: { text: '存在相同渠道的拦截件,不允许再次发起', advice: '更换运单', means: 'duplicate' },
  E23122: { text: '目的地停发不允许拦截', advice: '更换运单', means: 'courier_not_allowed' },
  E23123: { text: '存在退改件信息不允许拦截', advice: '更换运单', means: 'already_returning' },
  E23124: { text: '轨迹异常不允许拦截', advice: '更换运单', means: 'courier_not_allowed' },
  E23127: {
    text: '已经有相同诉求,不允许再次发起',
    advice: '更换运单或更改入参destinationType或改地址的收件地址',
    means: 'duplicate',
  },
  E23130: {
    text: '非拦截中拦截件,不能取消',
    advice: '已无法取消，如仍需取消请再次拦截改回原址',
    means: 'cancel_too_late',
  },
  E23131: {
    text: '取消网点与订购网点或原单揽收网点不一致,不能取消',
    advice: '联系管理员处理',
    means: 'cancel_not_allowed',
  },
  E23135: { text: '同拦截发起方不一致,无权取消', advice: '联系管理员处理', means: 'cancel_not_allowed' },
  E23136: { text: '已发往港澳台，暂不允许拦截', advice: '更换运单', means: 'courier_not_allowed' },
  E23137: { text: '有派件网点到件不允许拦截', advice: '更换运单', means: 'courier_too_late' },
  E23138: { text: '国际件不允许发起拦截', advice: '更换运单', means: 'courier_not_allowed' },
  E23139: { text: '不满足拦截发起业务规则', advice: '更换运单', means: 'courier_not_allowed' },
  E23140: { text: '包裹已确认遗失', advice: '更换运单', means: 'courier_lost' },
  E23141: { text: '包裹已弃件', advice: '更换运单', means: 'courier_lost' },
  // The account's right, missing for every parcel and mendable: the lane waits instead of refusing parcels for good.
  E23144: { text: 'CRM无权限', advice: '联系合作网点在客户管理系统开通拦截权限', means: 'credentials' },
  E23146: { text: '跨境客户，不允许发起改地址/退回指定地址', advice: '更换运单', means: 'courier_not_allowed' },
  E23148: { text: '联系方式格式错误', advice: '检查入参receivePhone', means: 'courier_bad_data' },
  E23149: { text: '虚拟号缺分机号', advice: '检查入参receivePhone', means: 'courier_bad_data' },
  E23150: { text: '联系方式超过16位', advice: '检查入参receivePhone', means: 'courier_bad_data' },
  E23151: {
    text: '已经有相同诉求,不允许再次发起',
    advice: '更换运单或更改入参destinationType或改地址的收件地址',
    means: 'duplicate',
  },
  E23153: { text: '发起人不属于发起网点', advice: '联系管理员处理', means: 'courier_not_ours' },
  E23154: { text: '单号不属于当前网点', advice: '联系管理员处理', means: 'courier_not_ours' },
  E23157: { text: '该渠道不支持重复发起拦截', advice: '更换运单', means: 'duplicate' },
  E23160: { text: '已存在外部平台发起的拦截，不允许发起', advice: '更换运单', means: 'duplicate' },
} as const satisfies Record<string, CodeRow>;

/** Codes of the gateway, the same for every interface; HTTP 200 like all others. The advice column is ours where ZTO gives none. */
const GATEWAY = {
  // The backend was reached and may have acted: asked, never repeated blindly.
  S200: { text: '请求超时', advice: '后端服务调用超时', means: 'outcome_unknown' },
  S202: { text: '发生错误', advice: '后端服务调用抛出异常', means: 'outcome_unknown' },
  S203: { text: '服务暂不可用', advice: '', means: 'unavailable' },
  S206: { text: 'api qos limit', advice: '每分钟/小时限制', means: 'throttled' },
  S207: { text: 'API不存在', advice: '', means: 'bad_request' },
  S208: { text: 'XX不能为空', advice: '', means: 'bad_request' },
  S210: { text: '无权限访问', advice: '', means: 'credentials' },
  S211: { text: '签名错误', advice: '', means: 'credentials' },
  S212: { text: 'IP黑白名单限制', advice: '', means: 'credentials' },
  S214: { text: '时间戳非法', advice: '', means: 'credentials' },
  S221: { text: 'api qps flow limit', advice: '流控限制', means: 'throttled' },
  G500: { text: '', advice: 'gateway error', means: 'outcome_unknown' },
  PARAM_ERROR: { text: '请求类型错误', advice: 'wrong content type', means: 'bad_request' },
} as const satisfies Record<string, CodeRow>;

/**
 * Rights to one waybill's data. They depend on whose label the parcel carries, so they are answers about that parcel
 * and never stop the lane.
 */
const DATA_PERMISSION = {
  E404: { text: '未绑定电子面单账号', advice: '', means: 'courier_not_ours' },
  E409: { text: '收寄人电话号码校验不一致', advice: '', means: 'courier_bad_data' },
  E413: { text: '请输入收寄人任一方电话号码后4位', advice: '', means: 'courier_bad_data' },
  E416: { text: '不符合中通运单号规则校验', advice: '', means: 'courier_bad_data' },
  E418: { text: '不存在对应的网点授权', advice: '', means: 'courier_not_ours' },
} as const satisfies Record<string, CodeRow>;

export const ZTO_CODES: Readonly<Record<string, CodeRow>> = { ...BUSINESS, ...GATEWAY, ...DATA_PERMISSION };

/** ZTO states no waiting time: long for the limit by minute or hour, short for the one by second, ms. */
export const ZTO_BACK_OFF_MS: Readonly<Record<string, number>> = { S206: 60_000, S221: 1_000 };
