import { formatChinaTime } from '../../domain/china-time.js';
import { MOST_CLAIM_FEN } from '../../domain/claims/amount.js';
import { CLAIM_KINDS } from '../../domain/claims/kinds.js';
import { CLAIM_STATE_TEXTS, CLAIM_STEPS, claimStep } from '../../domain/claims/machine.js';
import type { ClaimView, claimHistory } from '../../domain/store/loss-claim-reader.js';
import type { ClaimAnswer, ClaimDetailAnswer } from '../api/schemas/claim.js';
import { numberCell, textCell, yuanCell } from './csv.js';
import type { CsvColumn } from './csv-columns.js';
import { maskPhones, time, timeOrNull } from './words.js';

const masked = (text: string | null) => (text === null ? null : maskPhones(text));

/** One claim as it leaves; `now` says whether its time is over. */
export function presentClaim(row: ClaimView, now: Date): ClaimAnswer {
  const { zh, en, rule } = CLAIM_KINDS[row.kind];
  return {
    id: row.id,
    interceptId: row.interceptId,
    kind: row.kind,
    kindText: { zh, en },
    rule,
    state: row.state,
    shopId: row.shopId,
    carrier: row.carrier,
    waybillNo: row.waybillNo,
    valueFen: row.valueFen,
    amountFen: row.amountFen,
    acceptedFen: row.acceptedFen,
    paidFen: row.paidFen,
    reference: row.reference,
    answer: masked(row.answer),
    overdue: row.dueAt !== null && row.dueAt <= now,
    dueAt: timeOrNull(row.dueAt),
    filedAt: timeOrNull(row.filedAt),
    answeredAt: timeOrNull(row.answeredAt),
    createdAt: time(row.createdAt),
    updatedAt: time(row.updatedAt),
  };
}

type History = Awaited<ReturnType<typeof claimHistory>>;

export function presentClaimDetail(row: ClaimView, { steps, entries }: History, now: Date): ClaimDetailAnswer {
  const may = [...CLAIM_STEPS, 'receive', 'reverse'] as const;
  const allowed = may.filter((step) => claimStep(row.state, step) !== null);
  return {
    ...presentClaim(row, now),
    mostFen: Math.min(row.valueFen ?? MOST_CLAIM_FEN, MOST_CLAIM_FEN),
    may: allowed.filter((step) => (step === 'reverse' ? row.paidFen > 0 : step !== 'reject' || row.paidFen === 0)),
    steps: steps.map((step) => ({ ...step, at: time(step.at), note: masked(step.note) })),
    entries: entries.map((entry) => ({
      ...entry,
      receivedAt: time(entry.receivedAt),
      postedAt: time(entry.postedAt),
    })),
  };
}

const yuan = (fen: number | null) => (fen === null ? '' : yuanCell(fen));
const moment = (at: Date | null) => (at === null ? '' : formatChinaTime(at));

/** The columns of the export in their order; whoever may not see money sees no claims at all. */
export const CLAIM_COLUMNS: readonly CsvColumn<ClaimView>[] = [
  { head: { zh: '理赔编号', en: 'Claim' }, cell: (row) => numberCell(row.id) },
  { head: { zh: '运单号', en: 'Waybill' }, cell: (row) => numberCell(row.waybillNo) },
  { head: { zh: '快递', en: 'Courier' }, cell: (row) => textCell(row.carrier) },
  { head: { zh: '店铺', en: 'Shop' }, cell: (row) => textCell(row.shopId) },
  { head: { zh: '事由', en: 'For' }, cell: (row, lang) => CLAIM_KINDS[row.kind][lang] },
  { head: { zh: '规则', en: 'Rule' }, cell: (row) => CLAIM_KINDS[row.kind].rule },
  { head: { zh: '状态', en: 'State' }, cell: (row, lang) => CLAIM_STATE_TEXTS[row.state][lang] },
  { head: { zh: '状态代码', en: 'State code' }, cell: (row) => row.state },
  { head: { zh: '货值（元）', en: 'Goods (CNY)' }, cell: (row) => yuan(row.valueFen) },
  { head: { zh: '索赔（元）', en: 'Claimed (CNY)' }, cell: (row) => yuan(row.amountFen) },
  { head: { zh: '同意赔付（元）', en: 'Accepted (CNY)' }, cell: (row) => yuan(row.acceptedFen) },
  { head: { zh: '已到账（元）', en: 'Paid (CNY)' }, cell: (row) => yuanCell(row.paidFen) },
  { head: { zh: '快递理赔单号', en: 'Courier’s number' }, cell: (row) => numberCell(row.reference ?? '') },
  { head: { zh: '期限（北京时间）', en: 'Due (UTC+8)' }, cell: (row) => moment(row.dueAt) },
  { head: { zh: '提交（北京时间）', en: 'Filed (UTC+8)' }, cell: (row) => moment(row.filedAt) },
  { head: { zh: '拦截编号', en: 'Intercept' }, cell: (row) => numberCell(row.interceptId) },
];
