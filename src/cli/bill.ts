import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { chinaDay } from '../domain/china-time.js';
import { UnreadableFile } from '../domain/import/unreadable.js';
import { BILL_MAPPING, type BillFormat, type BillMapping, billFormatOf, MONTH } from '../domain/money/bill.js';
import { MATCH } from '../domain/money/match.js';
import { matchMonth } from '../domain/store/bill-match-store.js';
import { closeMonth } from '../domain/store/bill-month-store.js';
import { type MatchSum, type MonthOf, sumMatch } from '../domain/store/bill-reader.js';
import { type BillView, createBill, endBill, mappingOf, readBill, saveMapping } from '../domain/store/bill-store.js';
import { readBillFile } from '../producers/bills/read-bill.js';
import { surveyBytes } from '../producers/import/survey.js';
import { type ServiceOptions, type Workplace, withDatabase } from './attach.js';
import { writeBadLines } from './bill-bad-lines.js';
import { JSON_OPTION, misused, newCommand, type Place } from './command.js';
import { CommandFailed, EXIT, type Io, printJson, printLine, printTable } from './io.js';
import { barProgress, countingProgress } from './progress.js';

interface Options extends ServiceOptions {
  readonly source: string;
  readonly month?: string;
  readonly mapping?: string;
  readonly json?: boolean;
}

function monthOf(io: Io, { source, month }: Options): MonthOf {
  const period = month ?? chinaDay(io.now()).slice(0, 7);
  if (MONTH.safeParse(period).success && /^[a-z0-9-]{1,48}$/.test(source)) return { source, period };
  throw misused(
    '--month 须为 2026-11，--source 为快递或平台代码',
    '--month must look like 2026-11, --source is a courier or platform',
  );
}

/** The mapping of a file given with the bill, saved for the next one; else the one that was saved. */
async function mappingFor(io: Io, { db }: Workplace, options: Options): Promise<BillMapping> {
  if (options.mapping === undefined) {
    const saved = await mappingOf(db, options.source);
    if (saved) return saved;
    throw new CommandFailed({
      zh: `还没有 ${options.source} 账单的列对应关系；请用 --mapping FILE.yaml 给出一次（docs/bills.md）。`,
      en: `Nobody has said how the columns of ${options.source} are to be read; give --mapping FILE.yaml once (docs/bills.md).`,
    });
  }
  const read = BILL_MAPPING.safeParse(parse(await readFile(options.mapping, 'utf8')));
  if (!read.success) {
    const why = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new CommandFailed({ zh: `${options.mapping} 有误：${why}`, en: `${options.mapping} is wrong: ${why}` });
  }
  await saveMapping(db, { source: options.source, mapping: read.data, actor: io.actor }, io.now());
  return read.data;
}

interface Imported extends Pick<BillView, 'id' | 'rows' | 'created' | 'repeated' | 'leftOut' | 'bad'> {
  readonly errorsFile: string | null;
  readonly sums: readonly MatchSum[];
}

async function importBill(
  io: Io,
  place: Workplace,
  path: string,
  format: BillFormat,
  options: Options,
): Promise<Imported> {
  const { db } = place;
  const month = monthOf(io, options);
  const mapping = await mappingFor(io, place, options);
  const lines = format === 'csv' ? await surveyBytes(createReadStream(path)) : null;
  const id = await createBill(
    db,
    { ...month, fileName: basename(path).slice(0, 191), format, actor: io.actor },
    io.now(),
  );
  const what = { zh: '导入账单', en: 'bill' };
  const progress = lines === null ? countingProgress(io, what) : barProgress(io, what, lines);
  try {
    await readBillFile(db, { id, ...month, format, mapping, bytes: createReadStream(path) }, progress.at);
    await endBill(db, id, null, io.now());
  } catch (error) {
    if (error instanceof UnreadableFile) await endBill(db, id, error.why, io.now());
    throw error;
  } finally {
    progress.done();
  }
  const bill = await readBill(db, id);
  if (!bill) throw new Error(`bill ${id} is not there after its insert`);
  const { rows, created, repeated, leftOut, bad } = bill;
  const errorsFile = await writeBadLines(io, db, id, path);
  return { id, rows, created, repeated, leftOut, bad, errorsFile, sums: await sumMatch(db, month) };
}

const yuan = (fen: number) => (fen / 100).toFixed(2);

function printSums(io: Io, sums: readonly MatchSum[]): void {
  printTable(
    io,
    [
      { zh: '结果', en: 'result' },
      { zh: '笔数', en: 'lines' },
      { zh: '账单（元）', en: 'charged, CNY' },
      { zh: '应付（元）', en: 'due, CNY' },
    ],
    sums.map((sum) => [
      sum.class === null ? '-' : MATCH[sum.class][io.language],
      String(sum.count),
      yuan(sum.chargedFen),
      yuan(sum.dueFen),
    ]),
  );
}

function printImported(io: Io, { rows, created, repeated, leftOut, bad, errorsFile, sums }: Imported): void {
  printLine(io, {
    zh: `共 ${rows} 行：新增 ${created}，已存在 ${repeated}，非拦截费 ${leftOut}，有误 ${bad}。`,
    en: `${rows} rows: ${created} new, ${repeated} already there, ${leftOut} no intercept fees, ${bad} bad.`,
  });
  if (errorsFile !== null)
    printLine(io, { zh: `有误的行及原因见 ${errorsFile}。`, en: `Bad rows and why: ${errorsFile}.` });
  printSums(io, sums);
}

/** A file that cannot be read is the caller's to mend. */
function failureOf(file: string, error: unknown): unknown {
  if (error instanceof UnreadableFile)
    return new CommandFailed({ zh: `${file} ${error.why.zh}`, en: `${file} ${error.why.en}` });
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  const code = String(error.code);
  return new CommandFailed({ zh: `无法读取 ${file}（${code}）。`, en: `${file} cannot be read (${code}).` });
}

const CLOSING = {
  closed: { zh: '已关账。', en: 'The month is closed.' },
  closed_before: { zh: '该月之前已关账。', en: 'The month was closed before.' },
  month_not_over: { zh: '该月尚未结束，不能关账。', en: 'The month is not over and cannot be closed.' },
  bill_being_read: {
    zh: '还有账单正在读取，稍后再关账。',
    en: 'A bill is still being read; close the month after it.',
  },
  no_bill: { zh: '该月没有账单。', en: 'There is no bill of that month.' },
} as const;

/** `jiejian bill import|match|close` (docs/bills.md). */
export function billCommand({ program, io, end }: Place): void {
  const words = (zh: string, en: string) => ({ zh, en })[io.language];
  const bill = program.command('bill').description(words('快递和平台的账单', 'Bills of couriers and platforms'));
  const named = (name: string, zh: string, en: string) =>
    newCommand(bill, io, name, { zh, en })
      .requiredOption('--source <slug>', words('快递或平台：zto、douyin…', 'courier or platform: zto, douyin …'))
      .option('--month <yyyy-mm>', words('账单月份，默认本月', 'month of the bill; this one unless given'))
      .option('--json', JSON_OPTION[io.language]);
  named(
    'import',
    '导入账单（CSV 或 XLSX）并核对；可重复运行',
    'Import a bill (CSV or XLSX) and match it; may be repeated',
  )
    .argument('<file>')
    .option(
      '--mapping <file>',
      words('列对应关系（YAML），保存后下次无需再给', 'how its columns are read (YAML); saved'),
    )
    .action(async (file: string, options: Options) => {
      const format = billFormatOf(file);
      if (format === null) throw misused('文件名须以 .csv 或 .xlsx 结尾', 'the file must end in .csv or .xlsx');
      const imported = await withDatabase(io, options, (place) =>
        importBill(io, place, file, format, options).catch((error: unknown) => {
          throw failureOf(file, error);
        }),
      );
      if (options.json) printJson(io, imported);
      else printImported(io, imported);
      end(imported.bad > 0 ? EXIT.failed : EXIT.ok);
    });
  named('match', '重新核对一个月的账单', 'Match a month of bills again').action(async (options: Options) => {
    const sums = await withDatabase(io, options, async ({ db }) => {
      await matchMonth(db, monthOf(io, options));
      return sumMatch(db, monthOf(io, options));
    });
    if (options.json) printJson(io, { sums });
    else printSums(io, sums);
  });
  named('close', '关账：此后该月不再变动', 'Close a month: it stays as it is').action(async (options: Options) => {
    const closing = await withDatabase(io, options, ({ db }) =>
      closeMonth(db, monthOf(io, options), io.actor, io.now()),
    );
    if (options.json) printJson(io, { closing });
    else printLine(io, CLOSING[closing]);
    end(closing === 'closed' || closing === 'closed_before' ? EXIT.ok : EXIT.failed);
  });
}
