import { DISPUTE_WHY, DISPUTED, MATCH } from '../../domain/money/match.js';
import { appendAudit } from '../../domain/store/audit-store.js';
import { listMatch, type MatchRow, type MonthOf } from '../../domain/store/bill-reader.js';
import type { Language, Text } from '../../domain/text.js';
import type { Caller } from '../auth/caller.js';
import { BYTE_ORDER_MARK, csvLine, numberCell, textCell, yuanCell } from '../presenters/csv.js';
import type { Answer, ApiDeps } from './route.js';

const PAGE = 500;

const HEAD: readonly Text[] = [
  { zh: '账单行号', en: 'line of the bill' },
  { zh: '运单号', en: 'waybill' },
  { zh: '收费日期', en: 'charged on' },
  { zh: '收费（元）', en: 'charged, CNY' },
  { zh: '应收（元）', en: 'due, CNY' },
  { zh: '差额（元）', en: 'difference, CNY' },
  { zh: '问题', en: 'what is wrong' },
  { zh: '理由', en: 'why' },
  { zh: '我方记录', en: 'our record' },
];

type Disputed = (typeof DISPUTED)[number];
const isDisputed = (name: MatchRow['class']): name is Disputed => DISPUTED.some((one) => one === name);

function lineOf(row: MatchRow, lang: Language): string {
  if (!isDisputed(row.class)) return '';
  return csvLine([
    String(row.line ?? ''),
    numberCell(row.waybillNo),
    row.chargedOn ?? '',
    yuanCell(row.chargedFen),
    yuanCell(row.dueFen),
    yuanCell(row.chargedFen - row.dueFen),
    MATCH[row.class][lang],
    DISPUTE_WHY[row.class][lang],
    textCell(row.state === null ? '' : `${row.state} ${row.interceptId ?? ''}`.trim()),
  ]);
}

async function* pages(deps: ApiDeps, month: MonthOf, lang: Language): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(HEAD.map((title) => title[lang]));
  for (let beforeId: number | null = null; ; ) {
    const page: MatchRow[] = await listMatch(deps.db, { ...month, classes: DISPUTED }, { limit: PAGE, beforeId });
    yield page.map((row) => lineOf(row, lang)).join('');
    if (page.length < PAGE) return;
    beforeId = Number(page.at(-1)?.id ?? 0);
  }
}

/** The dispute of one month with one biller, to be sent to it: no buyer, no shop. Audited like every list that leaves. */
export async function disputeFile(deps: ApiDeps, caller: Caller, month: MonthOf, lang: Language): Promise<Answer> {
  const subject = `${month.source}/${month.period}`;
  const entry = { at: deps.now(), actor: caller.actor, action: 'bill.dispute_exported', subject, detail: {} };
  await deps.db.transaction((tx) => appendAudit(tx, entry));
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="dispute-${month.source}-${month.period}.csv"`,
    },
    stream: pages(deps, month, lang),
  };
}
