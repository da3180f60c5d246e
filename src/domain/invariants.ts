import { chinaDay } from './china-time.js';
import { INTERCEPT_STATES, type InterceptEvent, type InterceptState, step } from './intercept/machine.js';
import { conditionsText } from './money/tariff.js';
import type { TariffRow } from './settings/settings.js';
import type { Text } from './text.js';

/** What must hold whatever happened (I-numbers: the reliability study). `verify` checks each; a test breaks each. */
export const INVARIANTS = {
  I2_one_live: { zh: '一个包裹有多个进行中的拦截', en: 'a parcel has more than one live intercept' },
  I5_fee_iff_stopped: {
    zh: '费用与拦截结果不符',
    en: 'an unreversed fee stands without a stop, or a stop without its fee',
  },
  I5_tariff_amount: {
    zh: '费用金额既不是当日价格，也不是快递告知或人工更正的金额',
    en: 'a fee is neither the tariff of its day, nor what the courier stated, nor what it was corrected to',
  },
  I5_fee_without_intercept: { zh: '费用没有对应的拦截', en: 'a ledger entry belongs to no intercept' },
  I6_append_only: {
    zh: '账目或审计的只增保护缺失',
    en: 'a trigger that keeps the ledger or the audit log append-only is missing',
  },
  I6_reversal: { zh: '冲销与原费用不符', en: 'a reversal does not name a fee of its intercept with its amount' },
  I7_history: {
    zh: '状态历史不合法或与当前状态不符',
    en: 'the history has an illegal or missing step, or does not end in the row’s state',
  },
  I8_claim_before_send: { zh: '发送没有先行占用记录', en: 'a send has no claim committed before it' },
  I9_unresolved_sends: { zh: '有多个结果未知的发送', en: 'more than one send of an intercept has no known outcome' },
  I9_resend: { zh: '前一次发送结果未知时再次发送', en: 'a send followed one whose outcome was not known' },
  I10_request_id: { zh: '同一轮拦截使用了不同的请求号', en: 'the sends of an intercept carry different request ids' },
  I12_before_send: { zh: '未发送的拦截已过截止时间', en: 'a held or queued intercept is past its deadline' },
  I12_lease: { zh: '发送中的拦截租约已过期', en: 'an intercept is being sent by an owner whose lease ran out' },
  I12_uncertain: { zh: '结果未知的拦截无人跟进', en: 'a lost answer is neither known nor with a person' },
  I12_outcome: { zh: '已受理的拦截逾期没有结果', en: 'an accepted or stopped intercept is past its due time' },
  R73_paid_twice: { zh: '同一售后被同意退款多于一次', en: 'an after-sale was agreed more than once' },
  R73_not_owed: {
    zh: '已同意的退款对应的售后已撤销或被拒绝',
    en: 'an agreed refund belongs to an after-sale that was withdrawn or refused',
  },
  R73_amount: {
    zh: '已同意的退款金额与售后金额不符',
    en: 'an agreed refund is not of the amount its after-sale asks for',
  },
  R73_unfollowed: { zh: '已提交的退款无人核对', en: 'a refund that was sent is not being read back' },
  R34_total: { zh: '发票金额与账目合计不符', en: 'the total of an invoice is not that of its ledger rows' },
  R34_unmatched: { zh: '发票含有未与账单对上的费用', en: 'an invoice holds a fee that no bill line agrees with' },
  R35_matched: { zh: '费用的核对状态与账单不符', en: 'a fee is marked as matched or disputed by no line of a bill' },
  R35_closed: { zh: '已关账月份的账单有变动', en: 'the lines of a closed month are not those it was closed with' },
  R75_used_twice: { zh: '入库的货物被计算了两次', en: 'a booked piece counts more than once' },
  R75_not_exact: {
    zh: '已入库的退件与寄出的货物不符',
    en: 'a return is received whose booked pieces are not those that were sent',
  },
  R75_unexpected: {
    zh: '可能退回的包裹没有登记为待退件',
    en: 'a parcel that may come back is not among the returns that are expected',
  },
  R33_payments: { zh: '理赔到账与账目不符', en: 'what a claim says was paid is not what its entries come to' },
  R33_paid_in_full: { zh: '已到账的理赔金额不符', en: 'a paid claim was not paid what was agreed' },
  R33_amount: { zh: '索赔金额超过货物价值', en: 'a claim asks for more than the goods are worth' },
  I13_epoch: { zh: '过期的执行者改动了拦截', en: 'an owner that was no longer the current one changed the row' },
} as const satisfies Record<string, Text>;

export type Invariant = keyof typeof INVARIANTS;

export interface HistoryStep {
  readonly version: number;
  readonly epoch: number;
  readonly from: string | null;
  readonly event: string;
  readonly to: string;
}

export interface HistoryAttempt {
  readonly seq: number;
  readonly kind: string;
  readonly epoch: number;
  readonly requestId: string;
  readonly outcome: string | null;
}

export interface HistoryEntry {
  readonly id: string;
  readonly kind: string;
  readonly carrier: string;
  readonly amountFen: number;
  readonly tariffFrom: string | null;
  /** Of the price it came from; absent: none. */
  readonly tariffConditions?: string;
  readonly postedAt: Date;
  readonly reversesId: string | null;
  /** The amount a person corrected the fee to, if this entry is part of a correction; 0: it is not due at all. */
  readonly correctedToFen?: number | null;
}

/** All that the database knows of one intercept; lists in the order they were written. */
export interface History {
  readonly row: {
    readonly state: string;
    readonly version: number;
    readonly epoch: number;
    readonly requestId: string;
    /** What the courier or platform itself said the stop costs, fen (R31); null: nothing. */
    readonly statedFeeFen: number | null;
  };
  readonly steps: readonly HistoryStep[];
  readonly attempts: readonly HistoryAttempt[];
  readonly entries: readonly HistoryEntry[];
}

const isState = (word: string): word is InterceptState => INTERCEPT_STATES.some((state) => state === word);

/** Replays the history through the machine: every edge legal, versions without a gap, the end where the row stands. */
function isLegal({ row, steps }: History): boolean {
  let state: string | null = null;
  for (const [i, taken] of steps.entries()) {
    if (taken.version !== i + 1 || taken.from !== state || !isState(taken.to)) return false;
    if (state === null) {
      if (taken.event !== 'open') return false;
    } else if (isState(state)) {
      // A word that is no event of the machine has no edge there, and is refused like any other.
      const next = step(state, taken.event as InterceptEvent);
      if (!next.ok || next.to !== taken.to) return false;
    }
    state = taken.to;
  }
  return state === row.state && steps.length === row.version;
}

/** States that say the stop did not take; said here once more, so that a mistake in the writer's own list shows. */
const NOT_STOPPED: ReadonlySet<string> = new Set(['missed', 'refused', 'withdrawn', 'expired', 'skipped']);

/** 1 when the parcel was stopped and nothing later said that it was not, else 0 (R30, R32). */
export function feesDue(steps: readonly Pick<HistoryStep, 'to'>[]): 0 | 1 {
  const stopped = steps.findLastIndex(({ to }) => to === 'intercepted');
  const undone = steps.findLastIndex(({ to }) => NOT_STOPPED.has(to));
  return stopped > undone ? 1 : 0;
}

function brokenMoney({ row, steps, entries }: History, tariffs: readonly TariffRow[]): Invariant[] {
  const fees = entries.filter((entry) => entry.kind === 'fee');
  const reversals = entries.filter((entry) => entry.kind === 'reversal');
  const standing = fees.filter((fee) => !reversals.some((reversal) => reversal.reversesId === fee.id));
  const isStated = (fee: HistoryEntry) => fee.tariffFrom === null && fee.amountFen === row.statedFeeFen;
  const atTariff = (fee: HistoryEntry) =>
    fee.tariffFrom !== null &&
    fee.tariffFrom <= chinaDay(fee.postedAt) &&
    tariffs.some(
      (t) =>
        t.carrier === fee.carrier &&
        t.from === fee.tariffFrom &&
        t.feeFen === fee.amountFen &&
        conditionsText(t.when) === (fee.tariffConditions ?? ''),
    );
  const isCorrected = (fee: HistoryEntry) => fee.correctedToFen === fee.amountFen;
  // Two people have let go of it: the stop stays, its fee does not come back.
  const isWaived = reversals.some((reversal) => reversal.correctedToFen === 0);
  const isMirror = (reversal: HistoryEntry) =>
    fees.some((fee) => fee.id === reversal.reversesId && fee.amountFen === reversal.amountFen);
  const broken: Invariant[] = [];
  if (standing.length !== (isWaived ? 0 : feesDue(steps))) broken.push('I5_fee_iff_stopped');
  if (!fees.every((fee) => atTariff(fee) || isStated(fee) || isCorrected(fee))) broken.push('I5_tariff_amount');
  if (!reversals.every(isMirror)) broken.push('I6_reversal');
  return broken;
}

const isUnresolved = (attempt: HistoryAttempt) => attempt.outcome === null || attempt.outcome === 'unknown';

function brokenSends({ row, steps, attempts }: History): Invariant[] {
  const sends = attempts.filter((attempt) => attempt.kind === 'send');
  const claims = steps.filter((taken) => taken.event === 'claim');
  const broken: Invariant[] = [];
  if (!sends.every((send) => claims.some((claim) => claim.epoch === send.epoch))) broken.push('I8_claim_before_send');
  if (sends.filter(isUnresolved).length > 1) broken.push('I9_unresolved_sends');
  if (sends.slice(0, -1).some(isUnresolved)) broken.push('I9_resend');
  if (!sends.every((send) => send.requestId === row.requestId)) broken.push('I10_request_id');
  return broken;
}

/** Only a claim makes a new owner: its epoch is one more, every other step carries the epoch of the owner before it. */
function keepsEpochs({ row, steps }: History): boolean {
  let epoch = 0;
  for (const taken of steps) {
    if (taken.event === 'claim') epoch += 1;
    if (taken.epoch !== epoch) return false;
  }
  return row.epoch === epoch;
}

/** What one intercept breaks. Pure: the reader brings the rows. */
export function brokenBy(history: History, tariffs: readonly TariffRow[]): Invariant[] {
  return [
    ...(isLegal(history) ? [] : (['I7_history'] as const)),
    ...(keepsEpochs(history) ? [] : (['I13_epoch'] as const)),
    ...brokenSends(history),
    ...brokenMoney(history, tariffs),
  ];
}
