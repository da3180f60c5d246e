import { CLAIM_KINDS } from '../../../domain/claims/kinds.js';
import { CLAIM_STATE_TEXTS } from '../../../domain/claims/machine.js';
import type { TextTree } from './text.js';

/** The page of claims against couriers. */
export const CLAIM_TEXTS = {
  title: { zh: '理赔', en: 'Claims' },
  about: {
    zh: '快递受理后仍派送、未退回、少件或破损的包裹：按货物实际价值索赔，最高 1000.00 元。',
    en: 'Parcels delivered all the same, not returned, short or damaged: claimed at the goods’ real value, at most 1000.00.',
  },
  none: { zh: '没有符合条件的理赔', en: 'No claim matches' },
  search: { zh: '运单号', en: 'Waybill' },
  find: { zh: '查找', en: 'Find' },
  export: { zh: '导出 CSV', en: 'Export CSV' },
  unknown: { zh: '未知', en: 'not known' },
  filter: {
    state: { zh: '状态', en: 'State' },
    kind: { zh: '事由', en: 'For' },
    carrier: { zh: '快递', en: 'Courier' },
    shop: { zh: '店铺', en: 'Shop' },
    only: { zh: '只看', en: 'Only' },
    overdue: { zh: '超过期限', en: 'past their time' },
    clear: { zh: '清除筛选', en: 'Clear filters' },
  },
  column: {
    waybill: { zh: '运单', en: 'Waybill' },
    kind: { zh: '事由', en: 'For' },
    state: { zh: '状态', en: 'State' },
    amount: { zh: '索赔', en: 'Claimed' },
    accepted: { zh: '同意赔付', en: 'Accepted' },
    paid: { zh: '已到账', en: 'Paid' },
    due: { zh: '期限', en: 'Due' },
  },
  detail: {
    title: { zh: '理赔 {{waybill}}', en: 'Claim for {{waybill}}' },
    close: { zh: '关闭', en: 'Close' },
    intercept: { zh: '查看拦截', en: 'See the intercept' },
    evidence: { zh: '下载证据（PDF）', en: 'Download the evidence (PDF)' },
    value: { zh: '货值 {{amount}}', en: 'Goods worth {{amount}}' },
    reference: { zh: '快递理赔单号 {{reference}}', en: 'The courier’s number {{reference}}' },
    steps: { zh: '经过', en: 'What happened' },
    entries: { zh: '到账', en: 'Money received' },
    noEntries: { zh: '尚无到账', en: 'Nothing has come in' },
    payment: { zh: '到账', en: 'received' },
    reversal: { zh: '冲销', en: 'taken back' },
  },
  act: {
    file: { zh: '记录已提交', en: 'Record as filed' },
    accept: { zh: '快递同意赔付', en: 'The courier accepted' },
    reject: { zh: '快递拒绝', en: 'The courier rejected' },
    drop: { zh: '不再索赔', en: 'Give it up' },
    receive: { zh: '登记到账', en: 'Book money' },
    reverse: { zh: '冲销到账', en: 'Take a booking back' },
  },
  field: {
    amount: { zh: '金额（元）', en: 'Amount (CNY)' },
    badAmount: { zh: '请填写金额，例如 89.00', en: 'State an amount such as 89.00' },
    courierReference: { zh: '快递理赔单号', en: 'The courier’s number' },
    reference: { zh: '流水号', en: 'Number of the transfer' },
    note: { zh: '备注', en: 'Note' },
  },
  state: CLAIM_STATE_TEXTS,
  kind: CLAIM_KINDS,
} as const satisfies TextTree;
