import { formatChinaTime } from '../domain/china-time.js';
import type { Tally } from '../domain/policy/backtest.js';
import { policySentence } from '../domain/policy/sentence.js';
import { isMoney, TALLY_TEXTS } from '../domain/policy/tally-texts.js';
import { reasonRow } from '../domain/reasons.js';
import type { PolicySettings } from '../domain/settings/settings.js';
import type { BacktestRead } from '../domain/store/policy-backtest.js';
import { type Io, printLine, printTable } from './io.js';

/** A policy of a file and what became of it. */
export interface Tried {
  readonly today: PolicySettings;
  readonly draft: PolicySettings;
  readonly result: BacktestRead;
}

/** As many as a person reads on a terminal; the page and `--json` have more. */
const MOST_SHOWN = 5;

const day = (at: Date) => formatChinaTime(at).slice(0, 10);

const shownAs = (figure: keyof Tally, value: number) => (isMoney(figure) ? (value / 100).toFixed(2) : String(value));

const signed = (figure: keyof Tally, change: number) =>
  change === 0 ? '' : `${change > 0 ? '+' : ''}${shownAs(figure, change)}`;

function printDifferences(io: Io, { differs, examples }: BacktestRead): void {
  const shown = examples.slice(0, MOST_SHOWN);
  const some = { zh: `其中 ${shown.length} 个：`, en: ` The first ${shown.length}:` };
  const end = differs > shown.length ? some : { zh: '', en: '' };
  printLine(io, { zh: `${differs} 个决定会不同。${end.zh}`, en: `Decisions that would differ: ${differs}.${end.en}` });
  if (shown.length === 0) return;
  printTable(
    io,
    [
      { zh: '运单', en: 'waybill' },
      { zh: '货值（元）', en: 'value (CNY)' },
      { zh: '现在', en: 'today' },
      { zh: '草稿', en: 'draft' },
    ],
    shown.map(({ waybillNo, valueFen, today, draft }) => [
      waybillNo,
      valueFen === null ? '—' : (valueFen / 100).toFixed(2),
      reasonRow(today.reason)[io.language],
      reasonRow(draft.reason)[io.language],
    ]),
  );
}

/** Prints a draft beside today’s policy: both sentences, the figures, and the first decisions that would differ. */
export function printTried(io: Io, { today, draft, result }: Tried): void {
  printLine(io, {
    zh: `策略 ${today.id}，${day(result.since)} 至 ${day(result.until)}（北京时间）的 ${result.decisions} 个决定`,
    en: `Policy ${today.id}, ${result.decisions} decisions from ${day(result.since)} to ${day(result.until)} (UTC+8)`,
  });
  const said = { today: policySentence(today), draft: policySentence(draft) };
  printLine(io, { zh: `  现在：${said.today.zh}`, en: `  today: ${said.today.en}` });
  printLine(io, { zh: `  草稿：${said.draft.zh}`, en: `  draft: ${said.draft.en}` });
  printTable(
    io,
    [
      { zh: '', en: '' },
      { zh: `现在（版本 ${today.version}）`, en: `today (version ${today.version})` },
      { zh: '草稿', en: 'draft' },
      { zh: '差异', en: 'difference' },
    ],
    (Object.keys(TALLY_TEXTS) as (keyof Tally)[]).map((figure) => [
      TALLY_TEXTS[figure][io.language] + (isMoney(figure) ? { zh: '（元）', en: ' (CNY)' }[io.language] : ''),
      shownAs(figure, result.today[figure]),
      shownAs(figure, result.draft[figure]),
      signed(figure, result.draft[figure] - result.today[figure]),
    ]),
  );
  printDifferences(io, result);
  if (result.unreadable > 0) {
    printLine(io, {
      zh: `${result.unreadable} 条没有留存依据，未计入。`,
      en: `${result.unreadable} rows kept no inputs and are left out.`,
    });
  }
  if (result.cut)
    printLine(io, {
      zh: '决定太多，只计入较早的部分。',
      en: 'There are more decisions: only the older ones are counted.',
    });
}
