import { type Courier, carriersOf } from '../../sandbox/scenario-couriers.js';
import { type ByCourier, courierOf, takesOrders } from './couriers.js';
import { endingOf, isAllowed } from './ends.js';
import type { DemoFacts } from './facts.js';

/** Everything that can be out of balance, by a stable name. */
export const CHECKS = {
  events_unacknowledged: { zh: '有事件未得到确认', en: 'events were never acknowledged' },
  not_listed: { zh: '售后没有出现在列表中', en: 'after-sales are not in the list' },
  listed_twice: { zh: '售后在列表中出现多次', en: 'after-sales are in the list more than once' },
  unknown_after_sale: { zh: '列表中有并不存在的售后', en: 'the list has after-sales that were never sent' },
  wrong_parcels: { zh: '售后的包裹数量或单号不对', en: 'after-sales have other parcels than the platform named' },
  wrong_courier: { zh: '拦截发给了另一家快递', en: 'the intercept went to another courier' },
  wrong_end: { zh: '结果不在场景允许的范围内', en: 'the end is none that the scenario allows' },
  lists_differ: { zh: '售后列表与拦截列表的状态不一致', en: 'the list of intercepts says another state' },
  intercepted_twice: { zh: '同一包裹有多个拦截', en: 'a parcel has more than one intercept' },
  orders_accepted: {
    zh: '快递受理的拦截次数不对',
    en: 'the courier accepted more or fewer orders than it should have',
  },
  duplicates_sent: { zh: '快递重复受理了拦截', en: 'the courier accepted a parcel twice' },
  fee_wrong: { zh: '包裹的费用与快递的拦截结果不符', en: 'the fee of a parcel does not fit what the courier did' },
  fees_total: { zh: '费用合计与拦截成功数不符', en: 'the sum of the fees does not fit the number of stops' },
  refunds_paid: {
    zh: '平台付出的退款与已核对的退款不符',
    en: 'what the platforms paid is not what is shown as agreed',
  },
  bills_matched: {
    zh: '账单核对结果与账单中的错误不符，或费用与账单不符',
    en: 'the match did not name just the mistakes of the bills, or the fees are not what was billed',
  },
  over_the_limit: { zh: '发送速率超过账号限制', en: 'more orders in a second than the account allows' },
  refused_calls: { zh: '有请求因签名或格式被拒绝', en: 'calls were refused for their signature or form' },
  violations: { zh: 'jiejian verify 发现不变量被破坏', en: 'jiejian verify found broken invariants' },
} as const satisfies Record<string, { zh: string; en: string }>;
export type CheckName = keyof typeof CHECKS;

/** One thing that is wrong. `afterSaleIds` are the platform's, `detail` says what was there and what should have been. */
export interface Imbalance {
  readonly check: CheckName;
  readonly detail: string;
  readonly afterSaleIds: readonly string[];
}

/** A finding about one after-sale or about the run as a whole (null). */
interface Finding {
  readonly check: CheckName;
  readonly detail: string;
  readonly afterSaleId: string | null;
}

/** Every check over one run; empty when the numbers balance. The same fault of many after-sales is one imbalance. */
export function imbalances(facts: DemoFacts): readonly Imbalance[] {
  const findings = [...totals(facts), ...listed(facts), ...ends(facts), ...parcels(facts)];
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.check} ${finding.detail}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => ({
    check: group[0]?.check ?? 'wrong_end',
    detail: group[0]?.detail ?? '',
    afterSaleIds: group.flatMap(({ afterSaleId }) => (afterSaleId === null ? [] : [afterSaleId])),
  }));
}

type Check = readonly [CheckName, boolean, string];

function totals(facts: DemoFacts): Finding[] {
  const { sent, couriers, violations, platformsRefused, ledger } = facts;
  const all = Object.values(couriers).map(({ summary }) => summary);
  const duplicates = all.reduce((sum, { duplicateAccepts }) => sum + duplicateAccepts, 0);
  const refused = [...all, ...platformsRefused].reduce((sum, one) => sum + one.badSignature + one.badRequest, 0);
  const strangers = ledger.filter(({ carrier }) => courierOf(carrier) === null);
  const checks: readonly Check[] = [
    ['events_unacknowledged', sent.acknowledged === sent.deliveries, `${sent.acknowledged} of ${sent.deliveries}`],
    ['duplicates_sent', duplicates === 0, `${duplicates}`],
    ['fees_total', strangers.length === 0, `${strangers.length} fees of other couriers`],
    ...namesOf(couriers).flatMap((courier) => totalsOf(facts, courier)),
    ['refused_calls', refused === 0, `${refused}`],
    paidCheck(facts),
    ...billChecks(facts),
    ...violations.map((v) => ['violations', false, `${v.invariant}: ${v.count} ${JSON.stringify(v.sample)}`] as const),
  ];
  return checks.flatMap(([check, holds, detail]) => (holds ? [] : [{ check, detail, afterSaleId: null }]));
}

/** Every refund shown as agreed was paid by its platform, once and to the fen; nothing else was. */
function paidCheck({ refunds, paidThere }: DemoFacts): Check {
  const agreed = agreedOf(refunds);
  const there = paidThere.reduce((sum, { refunds: n, fen }) => ({ n: sum.n + n, fen: sum.fen + fen }), {
    n: 0,
    fen: 0,
  });
  const same = agreed.n === there.n && agreed.fen === there.fen;
  return ['refunds_paid', same, `${agreed.n} of ${agreed.fen} fen shown, ${there.n} of ${there.fen} fen paid`];
}

/** The match names the planted mistakes and nothing else; but for them each courier's fees are what it charged. */
function billChecks({ billing, ledger }: DemoFacts): readonly Check[] {
  const { bills, planted, found } = billing;
  const named = (errors: typeof found) =>
    errors
      .map(
        ({ courier, class: name, waybillNo, chargedFen, dueFen }) =>
          `${courier} ${waybillNo} ${name} ${chargedFen}/${dueFen}`,
      )
      .sort()
      .join(', ');
  return [
    ['bills_matched', named(planted) === named(found), `${named(found)} instead of ${named(planted)}`],
    ...namesOf(bills).map((courier): Check => {
      const { chargedFen = 0, dueFen = 0, notChargedFen = 0 } = bills[courier] ?? {};
      const mistakes = planted.filter((one) => one.courier === courier);
      const tooMuch = mistakes.reduce((fen, one) => fen + one.chargedFen - one.dueFen, 0);
      const booked = feesOf(ledger, courier);
      const same = chargedFen - tooMuch === booked && dueFen === booked && notChargedFen === 0;
      return ['bills_matched', same, `${courier}: ${booked} fen booked, ${chargedFen} charged, ${dueFen} due`];
    }),
  ];
}

/** Refunds that are proved, and what they come to, fen. */
export function agreedOf(refunds: DemoFacts['refunds']): { readonly n: number; readonly fen: number } {
  const agreed = refunds.filter(({ operation, state }) => operation === 'agree' && state === 'confirmed');
  return { n: agreed.length, fen: agreed.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0) };
}

/** One courier's fees are its own count of stops at its price, and it never got more orders than its account allows. */
function totalsOf({ couriers, ledger, limitPerSecond }: DemoFacts, courier: Courier): readonly Check[] {
  const side = couriers[courier];
  if (!side) return [];
  const { summary, stopped, feeFen } = side;
  const { interceptedWaybills: stops, maxCreatesPerSecond: peak } = summary;
  const booked = feesOf(ledger, courier);
  return [
    ['fees_total', booked === feeFen * stops, `${courier}: ${booked} fen, ${stops} stops of ${feeFen} fen`],
    ['fees_total', stops === stopped.length, `${courier}: ${stops} stops, ${stopped.length} parcels stopped`],
    // A receiver may see one more than the sender sent within a second.
    ['over_the_limit', peak <= limitPerSecond + 1, `${courier}: ${peak} of ${limitPerSecond}`],
  ];
}

/** What a courier's stops cost, fen; reversals are taken off. */
export function feesOf(ledger: DemoFacts['ledger'], courier: Courier): number {
  const carriers: readonly string[] = carriersOf(courier);
  return ledger.filter(({ carrier }) => carriers.includes(carrier)).reduce((sum, entry) => sum + signed(entry), 0);
}

/** The couriers of a run. */
export function namesOf(couriers: ByCourier<unknown>): readonly Courier[] {
  return Object.keys(couriers) as Courier[];
}

function signed(entry: { readonly kind: 'fee' | 'reversal'; readonly amountFen: number }): number {
  return entry.kind === 'fee' ? entry.amountFen : -entry.amountFen;
}

/** Every after-sale is listed exactly once, and nothing else is. */
function listed({ expected, afterSales }: DemoFacts): Finding[] {
  const sent = new Set(expected.map(({ afterSaleId }) => afterSaleId));
  const times = new Map<string, number>();
  for (const { afterSaleId } of afterSales) times.set(afterSaleId, (times.get(afterSaleId) ?? 0) + 1);
  return [
    ...[...sent].flatMap((afterSaleId): Finding[] => {
      const n = times.get(afterSaleId) ?? 0;
      if (n === 1) return [];
      return [{ check: n === 0 ? 'not_listed' : 'listed_twice', detail: `${n}`, afterSaleId }];
    }),
    ...[...times.keys()]
      .filter((afterSaleId) => !sent.has(afterSaleId))
      .map((afterSaleId): Finding => ({ check: 'unknown_after_sale', detail: '', afterSaleId })),
  ];
}

/** Each ends as its class of the scenario allows, with the parcel the platform named. */
function ends({ expected, afterSales }: DemoFacts): Finding[] {
  const rows = new Map(afterSales.map((row) => [row.afterSaleId, row]));
  return expected.flatMap((one): Finding[] => {
    const row = rows.get(one.afterSaleId);
    if (row === undefined) return [];
    const { afterSaleId } = one;
    const ending = endingOf(row);
    const findings: Finding[] = [];
    if (!isAllowed(ending, one)) {
      const wanted = `${one.final.join(' or ')}${one.rule === undefined ? '' : ` under ${one.rule}`}`;
      const got = `${ending.state} (${ending.reason ?? 'no reason'}, ${ending.rule ?? 'no rule'})`;
      findings.push({ check: 'wrong_end', detail: `${one.class}: ${got} instead of ${wanted}`, afterSaleId });
    }
    // An after-sale that is skipped for what it is need not be asked for its parcels.
    const isSettledWithout = row.parcels.length === 0 && ending.state === 'skipped';
    const waybills = row.parcels.map(({ waybillNo }) => waybillNo).join(' ');
    if (waybills !== (one.waybillNo ?? '') && !isSettledWithout) {
      findings.push({ check: 'wrong_parcels', detail: `${one.class}: ${row.parcels.length}`, afterSaleId });
    }
    return findings;
  });
}

/** Each parcel: one intercept, as many orders at the courier as its class allows, and a fee only if it was stopped. */
function parcels(facts: DemoFacts): Finding[] {
  const shownState = new Map(
    facts.afterSales.flatMap((row) => row.parcels.map((parcel) => [parcel.waybillNo, parcel.state] as const)),
  );
  const stopped = new Set(Object.values(facts.couriers).flatMap((one) => one.stopped));
  const intercepts = groupBy(facts.intercepts, ({ waybillNo }) => waybillNo);
  const accepted = groupBy(
    facts.calls.filter(({ endpoint, verdict }) => takesOrders(endpoint) && verdict === 'accepted'),
    ({ waybillNo }) => waybillNo ?? '',
  );
  const entriesOf = groupBy(facts.ledger, ({ interceptId }) => interceptId);
  return facts.expected.flatMap((one): Finding[] => {
    if (one.waybillNo === null) return [];
    const { afterSaleId, waybillNo } = one;
    const say = (check: CheckName, detail: string): Finding => ({
      check,
      detail: `${one.class}: ${detail}`,
      afterSaleId,
    });
    const rounds = intercepts.get(waybillNo) ?? [];
    const orders = accepted.get(waybillNo)?.length ?? 0;
    const fee = rounds.flatMap(({ id }) => entriesOf.get(id) ?? []).reduce((sum, entry) => sum + signed(entry), 0);
    const price = one.courier === null ? 0 : (facts.couriers[one.courier]?.feeFen ?? 0);
    const feeDue = stopped.has(waybillNo) ? price : 0;
    const findings: Finding[] = [];
    const [carrier = one.carrier] = rounds.map((each) => each.carrier);
    if (one.carrier !== null && carrier !== one.carrier)
      findings.push(say('wrong_courier', `${carrier} instead of ${one.carrier}`));
    if (rounds.length > 1) findings.push(say('intercepted_twice', `${rounds.length}`));
    const [round] = rounds;
    const state = shownState.get(waybillNo) ?? null;
    if (rounds.length <= 1 && shownState.has(waybillNo) && (round?.state ?? null) !== state) {
      findings.push(say('lists_differ', `${round?.state ?? 'none'}, ${state ?? 'none'}`));
    }
    if (orders < one.accepted.min || orders > one.accepted.max) {
      findings.push(say('orders_accepted', `${orders} instead of ${one.accepted.min} to ${one.accepted.max}`));
    }
    if (fee !== feeDue) findings.push(say('fee_wrong', `${fee} fen instead of ${feeDue}`));
    if (stopped.has(waybillNo) !== one.fee) {
      findings.push(say('wrong_end', stopped.has(waybillNo) ? 'stopped by the courier' : 'not stopped by the courier'));
    }
    return findings;
  });
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
