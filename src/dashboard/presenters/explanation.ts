import { z } from 'zod';
import { RULES } from '../../domain/eligibility/rules.js';
import { parseLossless } from '../../domain/lossless.js';
import type { StoryAnswer } from '../api/schemas/story.js';
import { maskPhones, reasonText } from './words.js';

const KEPT = z.object({
  failed: z.array(
    z.object({ rule: z.string(), verdict: z.enum(['skip', 'missed', 'review', 'hold']), reason: z.string() }),
  ),
  inputs: z
    .object({
      shop: z.record(z.string(), z.unknown()).default({}),
      afterSales: z.array(z.record(z.string(), z.unknown())).default([]),
      parcel: z.record(z.string(), z.unknown()).default({}),
      policy: z.record(z.string(), z.unknown()).default({}),
    })
    .partial()
    .default({}),
  permission: z.record(z.string(), z.unknown()).default({}),
  deadline: z.object({ source: z.string() }).nullish(),
  policy: z.object({ id: z.string(), version: z.coerce.number().int() }).nullish(),
});

type Inputs = Readonly<Record<string, unknown>>;

/** Facts of an after-sale that a rule looks at; its free text is the buyer's and stays inside. */
const OF_AFTER_SALE = [
  'type',
  'status',
  'category',
  'arbitration',
  'refundAmountFen',
  'refundPostFen',
  'paidAmountFen',
  'paidPostFen',
] as const;

const plain = (value: unknown): string =>
  typeof value === 'string' ? maskPhones(value) : (JSON.stringify(value) ?? 'null');

function named(prefix: string, values: Inputs): { name: string; value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name: `${prefix}.${name}`, value: plain(value) }));
}

const pick = (from: Inputs, names: readonly string[]): Inputs =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));

/** Orders in the parcel: only those of the caller's shops by number, the others as how many there are. */
function ordersOf(orders: unknown, sees: (shopId: unknown) => boolean): { name: string; value: string }[] {
  const all = Array.isArray(orders) ? (orders as Inputs[]) : [];
  const mine = all.filter((order) => sees(order.shopId));
  return [
    ...mine.map((order, n) => ({
      name: `parcel.orders[${n}]`,
      value: plain(pick(order, ['orderId', 'paidFen', 'refund'])),
    })),
    ...(all.length > mine.length ? [{ name: 'parcel.otherOrders', value: String(all.length - mine.length) }] : []),
  ];
}

/**
 * Why it was decided so: every rule by its number with what it said, and what it looked at. The kept decision holds facts
 * of every shop in the parcel; a caller sees those of `shops` (null: all).
 */
export function presentExplanation(kept: string, shops: readonly string[] | null): StoryAnswer['explanation'] {
  const read = KEPT.safeParse(parsed(kept));
  if (!read.success) return { checks: [], inputs: [], policy: null, deadlineSource: null };
  const { failed, inputs, permission, deadline, policy } = read.data;
  const sees = (shopId: unknown) => shops === null || (typeof shopId === 'string' && shops.includes(shopId));
  const { orders, ...parcel } = inputs.parcel ?? {};
  const checks = RULES.map(({ rule, asks }): StoryAnswer['explanation']['checks'][number] => {
    const finding = failed.find((one) => one.rule === rule);
    const reason = finding?.reason ?? null;
    const verdict = finding?.verdict ?? 'passed';
    return { rule, asks: { ...asks }, verdict, reason, reasonText: reason === null ? null : reasonText(reason) };
  });
  return {
    // A row planted without inputs was never judged by the rules: nothing passed.
    checks: inputs.parcel === undefined ? [] : checks,
    inputs: [
      ...named('shop', inputs.shop ?? {}),
      ...(inputs.afterSales ?? [])
        .filter((facts) => sees(facts.shopId))
        .flatMap((facts, n) => named(`afterSales[${n}]`, pick(facts, OF_AFTER_SALE))),
      ...named('parcel', parcel),
      ...ordersOf(orders, sees),
      ...named('policy', inputs.policy ?? {}),
      ...named('permission', permission),
    ],
    policy: policy ?? null,
    deadlineSource: deadline?.source ?? null,
  };
}

function parsed(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return null;
  }
}
