import { RETURN_STATES } from '../../../domain/returns/states.js';
import type { TextTree } from './text.js';

/** The page of goods that come back. */
export const RETURN_TEXTS = {
  title: { zh: '退件', en: 'Returns' },
  about: {
    zh: '快递受理拦截后应退回的包裹，以及仓库入库的核对结果。',
    en: 'Parcels that should come back once the courier took the order, and what the warehouse booked of them.',
  },
  none: { zh: '没有符合条件的退件', en: 'No return matches' },
  search: { zh: '运单号或退回单号', en: 'Waybill, or the new number' },
  find: { zh: '查找', en: 'Find' },
  export: { zh: '导出 CSV', en: 'Export CSV' },
  refunded: { zh: '已退款', en: 'refunded' },
  unknown: { zh: '未知', en: 'not known' },
  notCompared: {
    zh: '没有寄出的商品明细，入库时未核对货物。',
    en: 'Nobody had told us what was sent, so the goods were not compared.',
  },
  filter: {
    state: { zh: '状态', en: 'State' },
    carrier: { zh: '快递', en: 'Courier' },
    shop: { zh: '店铺', en: 'Shop' },
    only: { zh: '只看', en: 'Only' },
    overdue: { zh: '超过应退回时间', en: 'past their time' },
    refundedNotBack: { zh: '已退款、货未回', en: 'refunded, goods not back' },
    clear: { zh: '清除筛选', en: 'Clear filters' },
  },
  column: {
    waybill: { zh: '运单', en: 'Waybill' },
    state: { zh: '状态', en: 'State' },
    value: { zh: '货值', en: 'Goods' },
    since: { zh: '受理', en: 'Expected since' },
    due: { zh: '应退回', en: 'Due' },
    booked: { zh: '入库', en: 'Booked' },
  },
  detail: {
    title: { zh: '退件 {{waybill}}', en: 'Return of {{waybill}}' },
    close: { zh: '关闭', en: 'Close' },
    intercept: { zh: '查看拦截', en: 'See the intercept' },
    sent: { zh: '寄出的商品', en: 'What was sent' },
    sku: { zh: '商品', en: 'SKU' },
    quantity: { zh: '寄出', en: 'Sent' },
    counted: { zh: '已入库', en: 'Booked' },
    receipts: { zh: '入库单', en: 'Bookings' },
    noReceipts: { zh: '仓库尚未入库', en: 'Nothing booked yet' },
    numbers: { zh: '退回单号：{{numbers}}', en: 'Comes back under {{numbers}}' },
    comma: { zh: '，', en: ', ' },
    line: { zh: '{{sku}} × {{quantity}}', en: '{{sku}} × {{quantity}}' },
  },
  unclaimed: {
    title: { zh: '无主入库', en: 'Unclaimed bookings' },
    about: {
      zh: '仓库已入库，但单号不属于任何已知包裹。若是某个包裹的退回单号，请在该退件中登记。',
      en: 'Booked by the warehouse under a number of no parcel that we know. If one comes back under it, record that on its return.',
    },
  },
  number: {
    act: { zh: '登记退回单号', en: 'Add a return number' },
    label: { zh: '退回单号', en: 'Number it comes back under' },
  },
  settle: {
    act: { zh: '差异已处理', en: 'Difference settled' },
    note: { zh: '处理结果', en: 'What was found' },
  },
  state: RETURN_STATES,
} as const satisfies TextTree;
