import type { Expectation } from '../../sandbox/scenario.js';
import { PLATFORM_SLUGS, type Platform } from '../../sandbox/scenario-platforms.js';
import { agreedOf, feesOf, type Imbalance, imbalances, namesOf } from './balance.js';
import type { BillError } from './bill-plan.js';
import { byName } from './by-name.js';
import type { ByCourier } from './couriers.js';
import { type Ending, endingOf } from './ends.js';
import type { DemoFacts } from './facts.js';
import type { Text } from './labels.js';
import { countBy, type Distribution, timeToSend } from './measures.js';
import type { ByPlatform } from './platforms.js';
import type { Violation } from './product.js';

/** How the run was set up, for the head of the table. */
export interface RunFacts {
  readonly seed: number;
  readonly ratePerSecond: number;
  readonly shops: number;
  /** From the first event to the last thing that moved. */
  readonly seconds: number;
}

interface ByReason {
  readonly total: number;
  readonly byReason: Readonly<Record<string, number>>;
}

/** One courier's part of the day: its parcels, those it stopped, and what they cost. */
export interface CourierPart {
  readonly parcels: number;
  readonly intercepted: number;
  readonly stops: number;
  readonly feeFen: number;
  readonly totalFen: number;
}

/** One platform's part of the day: its after-sales, and how many of their parcels were stopped. */
export interface PlatformPart {
  readonly afterSales: number;
  readonly intercepted: number;
}

/**
 * The table as one object, as `--json` prints it. Every after-sale counts in exactly one of skipped, waiting,
 * intercepted, refused, missed, withdrawn, expired, needsReview and underWay; all but the skipped ones are eligible.
 */
export interface DemoTable {
  readonly balanced: boolean;
  readonly run: RunFacts;
  readonly events: { readonly distinct: number; readonly duplicates: number };
  readonly afterSales: number;
  readonly eligible: number;
  readonly skipped: { readonly total: number; readonly byRule: Readonly<Record<string, number>> };
  readonly waiting: ByReason;
  /** Stopped by the courier; `returned` of them are back at the sender. */
  readonly intercepted: number;
  readonly returned: number;
  readonly refused: ByReason;
  readonly missed: ByReason;
  readonly withdrawn: number;
  readonly expired: number;
  readonly needsReview: ByReason;
  /** Not at an end when the demo stopped waiting. */
  readonly underWay: ByReason;
  readonly fees: {
    readonly currency: 'CNY';
    readonly totalFen: number;
    readonly stops: number;
    /** The price of one stop; null where the couriers' prices differ (`byCourier`). */
    readonly feeFen: number | null;
  };
  readonly refunds: {
    readonly agreed: number;
    readonly agreedFen: number;
    /** Goods back, and the policy's hours not open yet. */
    readonly waitingForHours: number;
    /** With a person. */
    readonly asked: number;
  };
  /** Each courier's bill against our fees, and the mistakes that the match names. */
  readonly bills: {
    readonly chargedFen: number;
    readonly dueFen: number;
    readonly errors: readonly BillError[];
  };
  /** Refunded parcels whose goods are not back (R75), by the courier's word: no warehouse books in the demo. */
  readonly notBack: { readonly count: number; readonly valueFen: number };
  /** Drafted or under way. */
  readonly claimsOpen: { readonly count: number; readonly amountFen: number };
  readonly byPlatform: ByPlatform<PlatformPart>;
  readonly byCourier: ByCourier<CourierPart>;
  readonly timeToSendMs: Distribution;
  readonly duplicatesSent: number;
  readonly ordersPerSecond: { readonly peak: number; readonly limit: number };
  readonly violations: readonly Violation[];
  readonly imbalances: readonly Imbalance[];
  /** What each reason above means. */
  readonly reasons: Readonly<Record<string, Text>>;
}

/** Which states each row of the table counts. */
const ROWS = {
  skipped: ['skipped'],
  waiting: ['held'],
  intercepted: ['intercepted', 'returned'],
  refused: ['refused'],
  missed: ['missed'],
  withdrawn: ['withdrawn'],
  expired: ['expired'],
  needsReview: ['needs_review'],
} as const satisfies Record<string, readonly string[]>;

/** Counts one run and checks it. */
export function demoTable(facts: DemoFacts, run: RunFacts): DemoTable {
  const all = facts.afterSales.map(endingOf);
  const wrong = imbalances(facts);
  const counted = new Set<string>(Object.values(ROWS).flat());
  const inRow = (row: keyof typeof ROWS) => {
    const states: readonly string[] = ROWS[row];
    return all.filter(({ state }) => states.includes(state));
  };
  const stopped = new Set(inRow('intercepted').map(({ afterSaleId }) => afterSaleId));
  const parts = partsOf(facts, stopped);
  const couriers = Object.values(facts.couriers);
  const prices = new Set(couriers.map(({ feeFen }) => feeFen));
  const underWay = all.filter(({ state }) => !counted.has(state));
  const skipped = inRow('skipped');
  return {
    balanced: wrong.length === 0,
    run,
    events: { distinct: facts.sent.distinct, duplicates: facts.sent.deliveries - facts.sent.distinct },
    afterSales: all.length,
    eligible: all.length - skipped.length,
    skipped: { total: skipped.length, byRule: countBy(skipped, ({ rule }) => rule ?? '-') },
    waiting: byReason(inRow('waiting')),
    intercepted: inRow('intercepted').length,
    returned: all.filter(({ state }) => state === 'returned').length,
    refused: byReason(inRow('refused')),
    missed: byReason(inRow('missed')),
    withdrawn: inRow('withdrawn').length,
    expired: inRow('expired').length,
    needsReview: byReason(inRow('needsReview')),
    underWay: byReason(underWay),
    fees: {
      currency: 'CNY',
      totalFen: facts.ledger.reduce((sum, { kind, amountFen }) => sum + (kind === 'fee' ? amountFen : -amountFen), 0),
      stops: couriers.reduce((sum, { summary }) => sum + summary.interceptedWaybills, 0),
      feeFen: prices.size === 1 ? (couriers[0]?.feeFen ?? null) : null,
    },
    refunds: refundsOf(facts),
    bills: billsOf(facts),
    ...goodsOf(facts),
    byPlatform: platformsOf(facts.expected, stopped),
    byCourier: parts,
    timeToSendMs: timeToSend(facts.expected, facts.pushes, facts.calls),
    duplicatesSent: couriers.reduce((sum, { summary }) => sum + summary.duplicateAccepts, 0),
    ordersPerSecond: {
      peak: Math.max(...couriers.map(({ summary }) => summary.maxCreatesPerSecond)),
      limit: facts.limitPerSecond,
    },
    violations: facts.violations,
    imbalances: wrong,
    reasons: Object.fromEntries(
      all.flatMap(({ reason, reasonText }) => (reason === null || reasonText === null ? [] : [[reason, reasonText]])),
    ),
  };
}

const sumOf = (amounts: readonly (number | null)[]) => amounts.reduce<number>((sum, fen) => sum + (fen ?? 0), 0);

function goodsOf({ returns, claims }: DemoFacts): Pick<DemoTable, 'notBack' | 'claimsOpen'> {
  const out = returns.filter((row) => row.refunded && row.state === 'expected' && row.interceptState !== 'returned');
  const open = claims.filter(({ state }) => state !== 'paid' && state !== 'dropped');
  return {
    notBack: { count: out.length, valueFen: sumOf(out.map(({ valueFen }) => valueFen)) },
    claimsOpen: { count: open.length, amountFen: sumOf(open.map(({ amountFen }) => amountFen)) },
  };
}

function refundsOf({ refunds }: DemoFacts): DemoTable['refunds'] {
  const { n, fen } = agreedOf(refunds);
  return {
    agreed: n,
    agreedFen: fen,
    waitingForHours: refunds.filter(({ reason }) => reason === 'refund_hours').length,
    asked: refunds.filter(({ state }) => state === 'asked').length,
  };
}

function billsOf({ billing: { bills, found } }: DemoFacts): DemoTable['bills'] {
  const sum = (of: 'chargedFen' | 'dueFen') => Object.values(bills).reduce((fen, bill) => fen + bill[of], 0);
  return { chargedFen: sum('chargedFen'), dueFen: sum('dueFen'), errors: found };
}

function partsOf(facts: DemoFacts, intercepted: ReadonlySet<string>): ByCourier<CourierPart> {
  return byName(namesOf(facts.couriers), (courier) => {
    const own = facts.expected.filter((one) => one.courier === courier);
    const side = facts.couriers[courier];
    return {
      parcels: own.length,
      intercepted: own.filter(({ afterSaleId }) => intercepted.has(afterSaleId)).length,
      stops: side?.summary.interceptedWaybills ?? 0,
      feeFen: side?.feeFen ?? 0,
      totalFen: feesOf(facts.ledger, courier),
    };
  });
}

function platformsOf(expected: readonly Expectation[], intercepted: ReadonlySet<string>): ByPlatform<PlatformPart> {
  const used = PLATFORM_SLUGS.filter((slug) => expected.some(({ platform }) => platform === slug));
  return byName(used, (slug: Platform) => {
    const own = expected.filter(({ platform }) => platform === slug);
    return {
      afterSales: own.length,
      intercepted: own.filter(({ afterSaleId }) => intercepted.has(afterSaleId)).length,
    };
  });
}

function byReason(endings: readonly Ending[]): ByReason {
  return { total: endings.length, byReason: countBy(endings, ({ reason, state }) => reason ?? state) };
}
