import { formatChinaTime } from '../../domain/china-time.js';
import { STATE_TEXTS } from '../../domain/intercept/state-texts.js';
import type { InterceptView } from '../../domain/store/intercept-reader.js';
import type { Language, Text } from '../../domain/text.js';
import { csvLine, numberCell, textCell, yuanCell } from './csv.js';
import { shownCarrier } from './intercept.js';
import { maskPhones, reasonText } from './words.js';

interface Viewer {
  /** The shops he may see; null: all. */
  readonly shops: readonly string[] | null;
  readonly mayReadMoney: boolean;
  readonly lang: Language;
}

interface Column {
  readonly head: Text;
  /** Shown only to who may see money. */
  readonly money?: true;
  readonly cell: (row: InterceptView, viewer: Viewer) => string;
}

function links({ links: all }: InterceptView, { shops }: Viewer) {
  return all.filter((link) => shops === null || shops.includes(link.shopId));
}

const joined = (values: readonly (string | null)[]) =>
  numberCell([...new Set(values.filter((value) => value !== null))].join('; '));

/** The columns of the export in their order; numbers of other people's shops stay inside, as in the list. */
const COLUMNS: readonly Column[] = [
  { head: { zh: '拦截编号', en: 'Intercept' }, cell: (row) => numberCell(row.id) },
  { head: { zh: '运单号', en: 'Waybill' }, cell: (row) => numberCell(row.waybillNo) },
  { head: { zh: '快递', en: 'Courier' }, cell: (row) => textCell(shownCarrier(row)) },
  { head: { zh: '店铺', en: 'Shop' }, cell: (row) => textCell(row.shopId) },
  { head: { zh: '平台', en: 'Platform' }, cell: (row) => textCell(row.platform) },
  {
    head: { zh: '订单号', en: 'Orders' },
    cell: (row, viewer) => joined(links(row, viewer).map((link) => link.orderId)),
  },
  {
    head: { zh: '售后号', en: 'After-sales' },
    cell: (row, viewer) => joined(links(row, viewer).map((link) => link.afterSaleId)),
  },
  { head: { zh: '状态', en: 'State' }, cell: (row, { lang }) => STATE_TEXTS[row.state][lang] },
  { head: { zh: '状态代码', en: 'State code' }, cell: (row) => row.state },
  { head: { zh: '规则', en: 'Rule' }, cell: (row) => textCell(row.rule ?? '') },
  { head: { zh: '原因代码', en: 'Reason code' }, cell: (row) => textCell(row.reason) },
  {
    head: { zh: '原因', en: 'Reason' },
    cell: (row, { lang }) => textCell(maskPhones(reasonText(row.reason)[lang])),
  },
  { head: { zh: '快递代码', en: 'Courier code' }, cell: (row) => numberCell(row.courierCode ?? '') },
  {
    head: { zh: '货值（元）', en: 'Goods (CNY)' },
    money: true,
    cell: (row) => (row.valueFen === null ? '' : yuanCell(row.valueFen)),
  },
  { head: { zh: '拦截费（元）', en: 'Fee (CNY)' }, money: true, cell: (row) => yuanCell(row.feeFen) },
  { head: { zh: '最晚发送（北京时间）', en: 'Send by (UTC+8)' }, cell: (row) => formatChinaTime(row.deadlineAt) },
  { head: { zh: '创建（北京时间）', en: 'Created (UTC+8)' }, cell: (row) => formatChinaTime(row.createdAt) },
  { head: { zh: '更新（北京时间）', en: 'Updated (UTC+8)' }, cell: (row) => formatChinaTime(row.updatedAt) },
];

const columnsFor = (viewer: Viewer) => COLUMNS.filter((column) => viewer.mayReadMoney || !column.money);

export function csvHead(viewer: Viewer): string {
  return csvLine(columnsFor(viewer).map(({ head }) => head[viewer.lang]));
}

/** One intercept as a line of the export. */
export function csvRow(row: InterceptView, viewer: Viewer): string {
  return csvLine(columnsFor(viewer).map(({ cell }) => cell(row, viewer)));
}
