import { newId } from '../../domain/ids.js';
import { MOST_ROWS } from '../../domain/import/batch.js';
import { UnreadableFile } from '../../domain/import/unreadable.js';
import type { ShopSettings } from '../../domain/settings/settings.js';
import type { Database } from '../../domain/store/database.js';
import { addRows, type LineOfFile, openRows, previewRow, runRow } from '../../domain/store/import-row-store.js';
import {
  chunksOf,
  dropRows,
  endReading,
  endStage,
  failImport,
  type OpenImport,
  openImports,
} from '../../domain/store/import-store.js';
import type { JudgeEnv } from '../../domain/store/judgement.js';
import { holdLease, releaseLease } from '../../domain/store/lease-store.js';
import { rowsOf } from './rows.js';
import { surveyBytes } from './survey.js';

/** Rows of one batch taken at a time: between pages another batch gets its turn, and a stop is heard. */
const PAGE = 100;
const SIDE_BY_SIDE = 8;
/** Rows written down in one statement. */
const ROWS_AT_ONCE = 500;
/** Only one process reads a file; longer than the largest takes, ms. */
const READING_MS = 180_000;

export interface ImportDeps {
  readonly db: Database;
  readonly env: () => JudgeEnv;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

const TOO_MANY = {
  zh: `超过 ${MOST_ROWS} 行，请拆成几个文件；未导入任何内容。`,
  en: `has more than ${MOST_ROWS} rows. Split it; nothing was imported.`,
};
const NO_ROWS = { zh: '没有任何数据行；未导入任何内容。', en: 'has no rows. Nothing was imported.' };
const NO_SHOP = { zh: '店铺已停用，导入中止。', en: 'The shop is not enabled any more; the import was stopped.' };

/** Cuts the file into rows, all or none. Returns how many there are. */
async function readFile(deps: ImportDeps, batch: OpenImport, shop: ShopSettings): Promise<number> {
  const { db } = deps;
  await surveyBytes(chunksOf(db, batch.id));
  // What a reader left behind that did not come to the end.
  await dropRows(db, batch.id);
  let count = 0;
  let lines: LineOfFile[] = [];
  const write = async () => {
    await addRows(db, deps.env(), batch, shop, count, lines);
    count += lines.length;
    lines = [];
  };
  for await (const row of rowsOf(chunksOf(db, batch.id), batch.format)) {
    if (count + lines.length >= MOST_ROWS) throw new UnreadableFile(TOO_MANY);
    const { line } = row;
    lines.push(
      row.problem
        ? { line, fields: { raw: row.raw.slice(0, 500) }, problem: row.problem }
        : { line, fields: row.fields, problem: null },
    );
    if (lines.length >= ROWS_AT_ONCE) await write();
  }
  await write();
  if (count === 0) throw new UnreadableFile(NO_ROWS);
  return count;
}

async function read(deps: ImportDeps, batch: OpenImport, shop: ShopSettings): Promise<boolean> {
  const lease = `import:${batch.id}`;
  const holder = newId();
  if (!(await holdLease(deps.db, lease, holder, READING_MS))) return false;
  try {
    const rows = await readFile(deps, batch, shop);
    await endReading(deps.db, batch.id, rows);
    deps.log('import.read', { id: batch.id, rows });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await failImport(deps.db, batch.id, error.why, deps.now());
    await dropRows(deps.db, batch.id);
  } finally {
    await releaseLease(deps.db, lease, holder);
  }
  return true;
}

/** Works one page of rows off. true: there was something to do. */
async function workPage(deps: ImportDeps, batch: OpenImport, shop: ShopSettings): Promise<boolean> {
  const { db } = deps;
  const { state: stage } = batch;
  if (stage === 'reading') return read(deps, batch, shop);
  const left = await openRows(db, batch.id, stage, PAGE);
  if (left.length === 0) {
    if (await endStage(db, batch.id, stage, deps.now())) deps.log(`import.${stage}_ended`, { id: batch.id });
    return false;
  }
  const work = stage === 'running' ? runRow : previewRow;
  const next = async () => {
    for (let seq = left.shift(); seq !== undefined; seq = left.shift()) {
      await work(db, deps.env(), batch, shop, seq, deps.now());
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
  return true;
}

/** One page of every batch that waits for a machine. true: there may be more to do. Any number of runners may do this. */
export async function runImports(deps: ImportDeps): Promise<boolean> {
  let more = false;
  for (const batch of await openImports(deps.db)) {
    const shop = deps.env().settings.shops.get(batch.shopId);
    if (shop?.enabled) more = (await workPage(deps, batch, shop)) || more;
    else await failImport(deps.db, batch.id, NO_SHOP, deps.now());
  }
  return more;
}
