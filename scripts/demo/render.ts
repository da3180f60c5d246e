import { COURIER_SLUGS } from '../../sandbox/scenario-couriers.js';
import { PLATFORM_SLUGS } from '../../sandbox/scenario-platforms.js';
import { CHECKS, type Imbalance } from './balance.js';
import { courierFacts } from './couriers.js';
import { BILL_ERROR_LABELS, fill, type Language, ROW_LABELS, RULE_LABELS, SAY, type Text } from './labels.js';
import { platformFacts } from './platforms.js';
import type { DemoTable } from './table.js';

const MOST_IDS_SHOWN = 10;
const INDENT = '  ';
const COUNT_WIDTH = 7;

type Line = readonly [label: string, value: string];

/** Columns a text takes on a terminal: Chinese characters and full-width signs take two. */
export function columns(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/.test(char) ? 2 : 1), 0);
}

/** Fen as yuan, from digits alone. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The table for people, with what is out of balance below it. */
export function renderTable(table: DemoTable, language: Language): string {
  const lines = [...counts(table, language), ...money(table, language), ...verdict(table, language)];
  const width = Math.max(...lines.map(([label]) => columns(label)));
  const { seed, ratePerSecond, shops, seconds } = table.run;
  const setup = fill(SAY.setup[language], { seed, rate: ratePerSecond, shops, seconds });
  return [
    '',
    `${SAY.title[language]} · ${setup}`,
    '─'.repeat(columns(setup) + columns(SAY.title[language]) + 3),
    ...lines.map(([label, value]) => `${label}${' '.repeat(width - columns(label))}${INDENT}${value}`),
    ...table.imbalances.flatMap((one) => renderImbalance(one, language)),
    '',
  ].join('\n');
}

function counts(table: DemoTable, language: Language): Line[] {
  const label = (name: keyof typeof ROW_LABELS) => ROW_LABELS[name][language];
  const inner = (name: string): string => `${INDENT}${name}`;
  const rules = Object.entries(table.skipped.byRule).map(
    ([rule, n]): Line => [inner(rule), counted(n, RULE_LABELS[rule]?.[language])],
  );
  const reasons = (row: { readonly byReason: Readonly<Record<string, number>> }) =>
    Object.entries(row.byReason).map(
      ([reason, n]): Line => [inner(reason), counted(n, firstSentence(table.reasons[reason], language))],
    );
  return [
    [label('events'), `${table.events.distinct}`],
    [inner(label('duplicates')), `${table.events.duplicates}`],
    [label('afterSales'), `${table.afterSales}`],
    ...PLATFORM_SLUGS.flatMap((slug): Line[] => {
      const part = table.byPlatform[slug];
      const name = inner(platformFacts(slug).label[language]);
      return part ? [[name, fill(SAY.ofPlatform[language], { ...part })]] : [];
    }),
    [label('skipped'), `${table.skipped.total}`],
    ...rules,
    [label('eligible'), `${table.eligible}`],
    [label('intercepted'), `${table.intercepted}`],
    [inner(label('returned')), `${table.returned}`],
    ...COURIER_SLUGS.flatMap((courier): Line[] => {
      const part = table.byCourier[courier];
      const name = inner(courierFacts(courier).label[language]);
      return part ? [[name, fill(SAY.ofParcels[language], { ...part })]] : [];
    }),
    [label('refused'), `${table.refused.total}`],
    ...reasons(table.refused),
    [label('missed'), `${table.missed.total}`],
    ...reasons(table.missed),
    [label('waiting'), `${table.waiting.total}`],
    ...reasons(table.waiting),
    [label('withdrawn'), `${table.withdrawn}`],
    [label('expired'), `${table.expired}`],
    [label('needsReview'), `${table.needsReview.total}`],
    ...reasons(table.needsReview),
    ...(table.underWay.total === 0 ? [] : [[label('underWay'), `${table.underWay.total}`] as const]),
    ...reasons(table.underWay),
  ];
}

function money(
  { fees, bills, refunds, notBack, claimsOpen, byCourier, timeToSendMs, duplicatesSent, ordersPerSecond }: DemoTable,
  language: Language,
): Line[] {
  const { p50, p99, count } = timeToSendMs;
  const times = { p50: p50 ?? '–', p99: p99 ?? '–', count };
  const amounts = { total: yuan(fees.totalFen), stops: fees.stops };
  const perCourier = COURIER_SLUGS.flatMap((courier): Line[] => {
    const part = byCourier[courier];
    if (!part) return [];
    const words = { total: yuan(part.totalFen), stops: part.stops, fee: yuan(part.feeFen) };
    return [[`${INDENT}${courierFacts(courier).label[language]}`, fill(SAY.feesOfCourier[language], words)]];
  });
  return [
    [ROW_LABELS.fees[language], fill(SAY.feesOf[language], amounts)],
    ...perCourier,
    ...billLines(bills, language),
    [
      ROW_LABELS.refundsAgreed[language],
      fill(SAY.refundsOf[language], { total: yuan(refunds.agreedFen), count: refunds.agreed }),
    ],
    [`${INDENT}${ROW_LABELS.refundHours[language]}`, `${refunds.waitingForHours}`],
    [`${INDENT}${ROW_LABELS.refundAsked[language]}`, `${refunds.asked}`],
    [
      ROW_LABELS.notBack[language],
      fill(SAY.parcelsOf[language], { total: yuan(notBack.valueFen), count: notBack.count }),
    ],
    [
      ROW_LABELS.claimsOpen[language],
      fill(SAY.parcelsOf[language], { total: yuan(claimsOpen.amountFen), count: claimsOpen.count }),
    ],
    [ROW_LABELS.timeToSend[language], fill(SAY.sendTimes[language], times)],
    [ROW_LABELS.duplicatesSent[language], `${duplicatesSent}`],
    [ROW_LABELS.peak[language], fill(SAY.limit[language], ordersPerSecond)],
  ];
}

/** The couriers' bills, and below them each mistake by what it is. */
function billLines({ chargedFen, dueFen, errors }: DemoTable['bills'], language: Language): Line[] {
  const words = { charged: yuan(chargedFen), due: yuan(dueFen), count: errors.length };
  return [
    [ROW_LABELS.bills[language], fill(SAY.billsOf[language], words)],
    ...errors.map((error): Line => {
      const { label } = courierFacts(error.courier);
      const money = { waybillNo: error.waybillNo, charged: yuan(error.chargedFen), due: yuan(error.dueFen) };
      const name = BILL_ERROR_LABELS[error.class]?.[language] ?? error.class;
      return [`${INDENT}${label[language]} · ${name}`, fill(SAY.billError[language], money)];
    }),
  ];
}

function verdict({ violations, imbalances }: DemoTable, language: Language): Line[] {
  const ok = SAY.noneBroken[language];
  const verified = violations.length === 0 ? ok : fill(SAY.broken[language], { count: violations.length });
  const count = imbalances.length;
  return [
    [ROW_LABELS.verify[language], verified],
    [ROW_LABELS.balance[language], count === 0 ? SAY.balanced[language] : fill(SAY.unbalanced[language], { count })],
  ];
}

/** A number and, in a column of its own, what it is about. */
function counted(n: number, about: string | undefined): string {
  return about === undefined ? `${n}` : `${String(n).padEnd(COUNT_WIDTH)}${about}`;
}

/** What the product says about a reason, up to the first full stop. */
function firstSentence(text: Text | undefined, language: Language): string | undefined {
  return text?.[language].split(/(?<=。)|(?<=\.)\s/)[0]?.replace(/[。.]$/, '');
}

function renderImbalance({ check, detail, afterSaleIds }: Imbalance, language: Language): string[] {
  const more = afterSaleIds.length - MOST_IDS_SHOWN;
  const ids = [...afterSaleIds.slice(0, MOST_IDS_SHOWN), ...(more > 0 ? [`… +${more}`] : [])];
  const head = `✗ ${check}: ${CHECKS[check][language]}${detail === '' ? '' : ` (${detail})`}`;
  return ids.length === 0 ? [head] : [head, `${INDENT}${ids.join(' ')}`];
}
