import type { CodeRow } from '../../../domain/carrier/port.js';

/** The only success, and a text: J&T's clients compare it as one. */
export const SUCCESS = '1';

/**
 * Codes named by one weak source, most of them of the order interfaces; whether an intercept gives them is not known. What
 * speaks of an order that the intercept does not name is read as "perhaps done" or as a no without a reason, never as a yes.
 * Codes of the intercept, of the gateway and of too many calls: none was found (`meanings`).
 */
export const JTEXPRESS_CODES: Readonly<Record<string, CodeRow>> = {
  '145003031': { text: '业务参数签名失败', advice: '', means: 'credentials' },
  '145003064': { text: '查不到数据', advice: '', means: 'courier_unknown_waybill' },
  '145003201': { text: '已取件状态不可修改', advice: '', means: 'courier_unknown_code' },
  '145003202': { text: '已取消状态不可修改', advice: '', means: 'courier_unknown_code' },
  '145003203': { text: '更新订单失败请稍后重试', advice: 'retry', means: 'outcome_unknown' },
  '145003042': { text: '修改订单失败', advice: '', means: 'courier_unknown_code' },
  '145002002': { text: '运单重复', advice: '', means: 'duplicate' },
  // An intercept carries no order number of ours: asked for by the track, and not taken for an order that stands.
  '145003101': { text: '客户订单号已存在', advice: '', means: 'outcome_unknown' },
  '145003060': { text: '区域不合法', advice: '', means: 'courier_bad_data' },
  '145003061': { text: '城市不合法', advice: '', means: 'courier_bad_data' },
  '145003062': { text: '省份不合法', advice: '', means: 'courier_bad_data' },
};
