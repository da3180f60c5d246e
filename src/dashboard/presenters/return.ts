import { formatChinaTime } from '../../domain/china-time.js';
import { RETURN_STATES } from '../../domain/returns/states.js';
import type { ReceiptView, ReturnDetail, ReturnView } from '../../domain/store/return-reader.js';
import type { ReceiptAnswer, ReturnAnswer, ReturnDetailAnswer } from '../api/schemas/return.js';
import { numberCell, textCell, yuanCell } from './csv.js';
import type { CsvColumn } from './csv-columns.js';
import { shownCarrier } from './intercept.js';
import { time, timeOrNull } from './words.js';

/** One return as it leaves; `now` says whether its time is over. */
export function presentReturn(row: ReturnView, now: Date): ReturnAnswer {
  return {
    id: row.id,
    interceptId: row.interceptId,
    interceptState: row.interceptState,
    shopId: row.shopId,
    carrier: shownCarrier(row),
    waybillNo: row.waybillNo,
    state: row.state,
    compared: row.compared,
    valueFen: row.valueFen,
    refunded: row.refunded,
    overdue: isOverdue(row, now),
    expectedAt: time(row.expectedAt),
    stoppedAt: timeOrNull(row.stoppedAt),
    dueAt: timeOrNull(row.dueAt),
    bookedAt: timeOrNull(row.bookedAt),
    note: row.note,
    updatedAt: time(row.updatedAt),
  };
}

const isOverdue = ({ state, dueAt }: ReturnView, now: Date) => state === 'expected' && dueAt !== null && dueAt <= now;

export function presentReceipt(row: ReceiptView): ReceiptAnswer {
  return {
    id: row.id,
    receiptId: row.receiptId,
    waybillNo: row.waybillNo,
    unclaimed: row.parcelId === null,
    lines: [...row.lines],
    bookedAt: time(row.bookedAt),
    bookedBy: row.bookedBy,
    createdAt: time(row.createdAt),
  };
}

export function presentReturnDetail(row: ReturnView, detail: ReturnDetail, now: Date): ReturnDetailAnswer {
  return {
    ...presentReturn(row, now),
    lines: [...detail.lines].map(({ sku, name, quantity }) => ({ sku, name, quantity })),
    numbers: [...detail.numbers],
    receipts: detail.receipts.map(presentReceipt),
    uses: [...detail.uses],
  };
}

/** The columns of the export in their order. */
export const RETURN_COLUMNS: readonly CsvColumn<ReturnView>[] = [
  { head: { zh: '运单号', en: 'Waybill' }, cell: (row) => numberCell(row.waybillNo) },
  { head: { zh: '快递', en: 'Courier' }, cell: (row) => textCell(shownCarrier(row)) },
  { head: { zh: '店铺', en: 'Shop' }, cell: (row) => textCell(row.shopId) },
  { head: { zh: '状态', en: 'State' }, cell: (row, lang) => RETURN_STATES[row.state][lang] },
  { head: { zh: '状态代码', en: 'State code' }, cell: (row) => row.state },
  { head: { zh: '拦截状态代码', en: 'Intercept state code' }, cell: (row) => row.interceptState },
  {
    head: { zh: '货值（元）', en: 'Goods (CNY)' },
    money: true,
    cell: (row) => (row.valueFen === null ? '' : yuanCell(row.valueFen)),
  },
  { head: { zh: '已退款', en: 'Refunded' }, cell: (row, lang) => YES[row.refunded ? 'yes' : 'no'][lang] },
  { head: { zh: '预计自（北京时间）', en: 'Expected since (UTC+8)' }, cell: (row) => formatChinaTime(row.expectedAt) },
  { head: { zh: '应到（北京时间）', en: 'Due (UTC+8)' }, cell: (row) => moment(row.dueAt) },
  { head: { zh: '入库（北京时间）', en: 'Booked (UTC+8)' }, cell: (row) => moment(row.bookedAt) },
  { head: { zh: '拦截编号', en: 'Intercept' }, cell: (row) => numberCell(row.interceptId) },
];

const YES = { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } } as const;
const moment = (at: Date | null) => (at === null ? '' : formatChinaTime(at));
