import { createReadStream } from 'node:fs';
import { Option } from 'commander';
import { reasonOf } from '../check-facts.js';
import { REQUEST_FILE } from '../domain/import/columns.js';
import { formatOf, type ImportFormat } from '../domain/import/format.js';
import { readRow } from '../domain/import/row.js';
import { UnreadableFile } from '../domain/import/unreadable.js';
import { DatabaseUnavailable } from '../domain/store/database.js';
import { isRowsOwnFault } from '../domain/store/inbox-store.js';
import type { JudgeEnv } from '../domain/store/judgement.js';
import { requestIntercepts } from '../domain/store/request-store.js';
import { loadSettings } from '../domain/store/settings-store.js';
import { type FileRow, rowsOf } from '../producers/import/rows.js';
import { surveyBytes } from '../producers/import/survey.js';
import { BOOK } from '../system.js';
import { type ServiceOptions, type Workplace, withDatabase } from './attach.js';
import { JSON_OPTION, misused, newCommand, type Place } from './command.js';
import { ErrorFile } from './error-file.js';
import { importReceipts } from './import-receipts.js';
import { CommandFailed, EXIT, type Io, printJson, printLine } from './io.js';
import { barProgress } from './progress.js';

interface Options extends ServiceOptions {
  readonly kind: 'requests' | 'receipts';
  readonly shop?: string;
  readonly json?: boolean;
}

/** Requests at once: as many as the command has connections. */
const SIDE_BY_SIDE = 10;

/** What an import came to. `repeated` rows had been asked for before. */
export interface Imported {
  readonly rows: number;
  readonly created: number;
  readonly repeated: number;
  readonly bad: number;
  readonly errorsFile: string | null;
}

/** What a file that cannot be read means to who runs the command; every other error stays what it is. */
function failureOf(file: string, error: unknown): unknown {
  if (error instanceof UnreadableFile) {
    return new CommandFailed({ zh: `${file} ${error.why.zh}`, en: `${file} ${error.why.en}` });
  }
  if (!(error instanceof Error && 'syscall' in error && 'path' in error && 'code' in error)) return error;
  return new CommandFailed({
    zh: `无法读取 ${file}（${error.code}）。请检查路径。`,
    en: `${file} cannot be read (${error.code}). Check the path.`,
  });
}

async function importFile(
  io: Io,
  place: Workplace,
  { file, format }: { readonly file: string; readonly format: ImportFormat },
  options: Options,
): Promise<Imported> {
  const settings = await loadSettings(place.db, place.secrets);
  const shop = settings.shops.get(options.shop ?? '');
  if (!shop?.enabled) {
    throw new CommandFailed({
      zh: `没有启用的店铺 ${options.shop ?? ''}。请检查 --shop，或先运行 jiejian apply。`,
      en: `There is no enabled shop ${options.shop ?? ''}. Check --shop, or run jiejian apply first.`,
    });
  }
  const lines = await surveyBytes(createReadStream(file));
  const env: JudgeEnv = { settings, book: BOOK };
  const errors = new ErrorFile(file.replace(/\.\w+$/, '.errors.csv'), io.language, REQUEST_FILE);
  const rows = rowsOf(createReadStream(file), format);
  const progress = barProgress(io, { zh: '导入', en: 'import' }, lines);
  const count = { rows: 0, created: 0, repeated: 0 };
  let lastLine = 0;

  const take = async (row: FileRow): Promise<void> => {
    const read = row.problem ? { ok: false as const, problem: row.problem } : readRow(shop.id, row.fields);
    if (!read.ok) return errors.add(row, read.problem);
    try {
      const outcome = await requestIntercepts(place.db, env, shop, read.request, io.actor, io.now());
      if (outcome.created) count.created += 1;
      else count.repeated += 1;
    } catch (error) {
      if (!isRowsOwnFault(error)) throw error;
      const why = reasonOf(error);
      await errors.add(row, { zh: `数据库拒绝该行：${why}`, en: `the database refused this row: ${why}` });
    }
  };
  const worker = async (): Promise<void> => {
    for (;;) {
      const next = await rows.next();
      if (next.done) return;
      await take(next.value);
      count.rows += 1;
      lastLine = Math.max(lastLine, next.value.line);
      progress.at(lastLine);
    }
  };
  try {
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    throw new CommandFailed({
      zh: `数据库中断，已处理到第 ${lastLine} 行左右。恢复后请重新运行同一命令：已导入的行不会重复。`,
      en: `The database went away near line ${lastLine}. Run the same command again when it is back: rows that are there are not asked for twice.`,
    });
  } finally {
    progress.done();
    await rows.return(undefined);
    await errors.close();
  }
  return { ...count, bad: errors.count, errorsFile: errors.count > 0 ? errors.path : null };
}

function printImported(io: Io, { rows, created, repeated, bad, errorsFile }: Imported): void {
  printLine(io, {
    zh: `共 ${rows} 行：新增 ${created}，已存在 ${repeated}，有误 ${bad}。`,
    en: `${rows} rows: ${created} new, ${repeated} already there, ${bad} bad.`,
  });
  if (errorsFile !== null) {
    printLine(io, {
      zh: `有误的行及原因见 ${errorsFile}；更正后可直接导入该文件。`,
      en: `Bad rows and why: ${errorsFile}. Mend them there and import that file.`,
    });
  }
}

const SHOP = {
  zh: '店铺；导入入库单时可省略，表示全部店铺',
  en: 'the shop; may be left out with receipts, for parcels of all shops',
} as const;
const KIND = { zh: '文件内容', en: 'what the file holds' } as const;

/** `jiejian import FILE.csv|.jsonl --shop ID [--kind receipts]` (docs/import.md, docs/returns.md). */
export function importCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'import', {
    zh: '批量导入拦截请求或入库单（CSV 或 JSONL，UTF-8）；可重复运行',
    en: 'Import intercept requests or receipts (CSV or JSONL, UTF-8); may be repeated',
  })
    .argument('<file>', { zh: '.csv 或 .jsonl 文件', en: 'a .csv or .jsonl file' }[io.language])
    .option('--shop <id>', SHOP[io.language])
    .addOption(new Option('--kind <kind>', KIND[io.language]).choices(['requests', 'receipts']).default('requests'))
    .option('--json', JSON_OPTION[io.language])
    .action(async (file: string, options: Options) => {
      const format = formatOf(file);
      if (format === null) throw misused('文件名须以 .csv 或 .jsonl 结尾', 'the file must end in .csv or .jsonl');
      if (options.kind === 'requests' && options.shop === undefined) {
        throw misused('导入拦截请求须指定 --shop', 'requests are those of a shop: name it with --shop');
      }
      const imported = await withDatabase(io, options, (place) =>
        (options.kind === 'receipts'
          ? importReceipts(io, place, { file, format }, options.shop ?? null)
          : importFile(io, place, { file, format }, options)
        ).catch((error: unknown) => {
          throw failureOf(file, error);
        }),
      );
      if (options.json) printJson(io, imported);
      else printImported(io, imported);
      end(imported.bad > 0 ? EXIT.failed : EXIT.ok);
    });
}
