import type { BillState } from '../../../domain/money/bill.js';
import { INVOICE_STATE_TEXTS } from '../../../domain/money/invoice.js';
import { MATCH } from '../../../domain/money/match.js';
import type { Text, TextTree } from './text.js';

const BILL_STATE_TEXTS = {
  uploading: { zh: '上传中', en: 'uploading' },
  reading: { zh: '读取中', en: 'being read' },
  done: { zh: '已读取', en: 'read' },
  unreadable: { zh: '无法读取', en: 'cannot be read' },
} as const satisfies Record<BillState, Text>;

/** The fees of a parcel or an invoice, row by row. */
export const FEE_TEXTS = {
  title: { zh: '费用', en: 'Fees' },
  about: {
    zh: '拦截费账目：只增不改，冲销另记一行。点击项目查看对应的拦截。',
    en: 'The ledger of fees: it only grows, a reversal is a row of its own. Each row leads to its intercept.',
  },
  none: { zh: '没有费用', en: 'No fees' },
  kind: { fee: { zh: '拦截费', en: 'fee' }, reversal: { zh: '冲销', en: 'reversal' } },
  verification: {
    unverified: { zh: '未核对', en: 'not billed yet' },
    matched: { zh: '与账单一致', en: 'agrees with the bill' },
    disputed: { zh: '与账单不符', en: 'differs from the bill' },
  },
  column: {
    what: { zh: '项目', en: 'What' },
    amount: { zh: '金额', en: 'Amount' },
    tariff: { zh: '费率', en: 'Tariff' },
    difference: { zh: '差额', en: 'Difference' },
    bill: { zh: '账单', en: 'Bill' },
    posted: { zh: '入账', en: 'Booked' },
  },
  reversed: { zh: '已冲销', en: 'reversed' },
  invoiced: { zh: '已开票', en: 'on an invoice' },
  correct: { zh: '更正…', en: 'Correct…' },
  correctTitle: { zh: '更正费用', en: 'Correct a fee' },
  correctWhat: {
    zh: '现为 {{amount}}。更正会冲销原费用并记入正确金额，原记录保留；超过限额须另一人批准。填 0 表示不应付。',
    en: 'It is {{amount}} now. The fee is reversed and one of the right amount booked; nothing is changed. Above the limit another person approves it. 0: nothing is due.',
  },
  toAmount: { zh: '正确金额（元）', en: 'Right amount (CNY)' },
  badAmount: { zh: '请输入金额，如 3.50', en: 'Enter an amount such as 3.50' },
  note: { zh: '原因', en: 'Reason' },
  noteMissing: { zh: '请写明原因', en: 'Say why' },
  asked: { zh: '{{actor}} 申请更正为 {{amount}}：{{note}}', en: '{{actor}} asks for {{amount}}: {{note}}' },
  approve: { zh: '批准更正', en: 'Approve' },
  decline: { zh: '拒绝', en: 'Decline' },
} as const satisfies TextTree;

/** Bills of couriers and platforms and what the match says. */
export const BILL_TEXTS = {
  title: { zh: '账单', en: 'Bills' },
  about: {
    zh: '快递账单和平台流水与我们的记录逐笔核对：请求过 × 拦下了 × 收费了。同一份账单重复上传不会改变任何结果。',
    en: 'Bills of couriers and ledgers of platforms against our records: asked × done × charged. A bill that is uploaded twice changes nothing.',
  },
  source: { zh: '收费方', en: 'Biller' },
  period: { zh: '月份', en: 'Month' },
  file: { zh: '文件（CSV 或 XLSX）', en: 'File (CSV or XLSX)' },
  upload: { zh: '上传并核对', en: 'Upload and match' },
  uploading: { zh: '已上传 {{percent}}%', en: '{{percent}}% uploaded' },
  fileMissing: { zh: '请选择一个 .csv 或 .xlsx 文件', en: 'Choose a .csv or .xlsx file' },
  tooLarge: { zh: '文件超过 32 MiB，请拆分', en: 'The file is larger than 32 MiB. Split it' },
  noMapping: {
    zh: '还没有说明这个收费方的账单怎么读，请先设置列对应关系。',
    en: 'Nobody has said yet how this biller’s columns are read. Do that first.',
  },
  mapping: {
    button: { zh: '列对应关系…', en: 'Columns…' },
    title: { zh: '{{source}} 账单的列', en: 'Columns of {{source}}' },
    about: {
      zh: '填写账单表头中的列名，保存后对该收费方的所有账单有效。',
      en: 'The names of the columns as the head of the bill has them; saved for all bills of this biller.',
    },
    waybillNo: { zh: '运单号列', en: 'Waybill column' },
    amount: { zh: '金额列', en: 'Amount column' },
    chargedOn: { zh: '收费日期列（可空）', en: 'Date column (optional)' },
    lineNo: { zh: '流水号列（可空）', en: 'Line number column (optional)' },
    fen: { zh: '金额单位是分', en: 'Amounts are in fen' },
    negative: { zh: '支出为负数（平台流水）', en: 'What was paid is negative (ledgers of platforms)' },
    kindColumn: { zh: '类型列（可空）', en: 'Kind column (optional)' },
    kindValues: { zh: '属于拦截费的类型，逗号分隔', en: 'Kinds that are intercept fees, with commas' },
    missing: { zh: '必填', en: 'Required' },
    save: { zh: '保存', en: 'Save' },
  },
  list: { zh: '已上传的账单', en: 'Bills so far' },
  none: { zh: '还没有账单', en: 'No bills yet' },
  column: {
    file: { zh: '文件', en: 'File' },
    state: { zh: '状态', en: 'State' },
    rows: { zh: '行数', en: 'Rows' },
    created: { zh: '新增', en: 'New' },
    repeated: { zh: '已存在', en: 'Known' },
    bad: { zh: '有误', en: 'Bad' },
    by: { zh: '操作者', en: 'By' },
    waybill: { zh: '运单', en: 'Waybill' },
    charged: { zh: '账单收费', en: 'Charged' },
    due: { zh: '应付', en: 'Due' },
    difference: { zh: '差额', en: 'Difference' },
    day: { zh: '收费日期', en: 'Charged on' },
    line: { zh: '账单行', en: 'Line' },
    result: { zh: '核对结果', en: 'Result' },
    count: { zh: '笔数', en: 'Lines' },
    intercept: { zh: '拦截', en: 'Intercept' },
  },
  errors: { zh: '下载错误行', en: 'Bad rows' },
  match: { zh: '{{source}} {{period}} 核对结果', en: 'What the match of {{source}} {{period}} says' },
  noLines: { zh: '这个月没有账单，也没有费用', en: 'No bill and no fee in this month' },
  rows: { zh: '明细：{{class}}', en: 'Lines: {{class}}' },
  rematch: { zh: '重新核对', en: 'Match again' },
  dispute: { zh: '下载争议清单（CSV）', en: 'Download the dispute (CSV)' },
  close: {
    button: { zh: '关账…', en: 'Close the month…' },
    title: { zh: '关账', en: 'Close the month' },
    what: {
      zh: '再核对一次后锁定 {{source}} {{period}}：此后该月的账单行和核对结果不再变动，也不能撤销。',
      en: 'Matches {{source}} {{period}} once more and locks it: its lines and results stay as they are. This cannot be undone.',
    },
  },
  closed: { zh: '{{actor}} 已关账', en: 'closed by {{actor}}' },
  unmatched: { zh: '尚未核对', en: 'not matched yet' },
  state: BILL_STATE_TEXTS,
  class: MATCH,
} as const satisfies TextTree;

/** Invoices over matched fees. */
export const INVOICE_TEXTS = {
  title: { zh: '发票', en: 'Invoices' },
  about: {
    zh: '按月份、收费方和店铺，对已收费且与账单一致的费用申请发票；每笔费用只开一次。',
    en: 'By month, biller and shop over fees that were charged and agree with the bill; each fee is on one invoice.',
  },
  open: { zh: '可以申请', en: 'To be asked for' },
  nothingOpen: { zh: '没有可以申请的费用', en: 'Nothing to ask for' },
  request: { zh: '申请发票', en: 'Ask for it' },
  list: { zh: '发票', en: 'Invoices so far' },
  none: { zh: '还没有发票', en: 'No invoices yet' },
  issue: { zh: '登记已开票…', en: 'Issued…' },
  issueTitle: { zh: '登记已开票', en: 'Record that it was issued' },
  file: { zh: '归档', en: 'File it' },
  number: { zh: '发票号码', en: 'Number' },
  numberMissing: { zh: '请输入发票号码', en: 'Enter its number' },
  column: {
    shop: { zh: '店铺', en: 'Shop' },
    entries: { zh: '笔数', en: 'Fees' },
    total: { zh: '金额', en: 'Total' },
    state: { zh: '状态', en: 'State' },
    requested: { zh: '申请', en: 'Asked for' },
  },
  toCredit: { zh: '其中 {{amount}} 已冲销，应冲红', en: '{{amount}} of it reversed since: to be credited' },
  rows: { zh: '发票 {{number}} 的费用', en: 'Fees of invoice {{number}}' },
  state: INVOICE_STATE_TEXTS,
} as const satisfies TextTree;
