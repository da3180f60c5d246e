import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  AFTER_SALE_STATUSES,
  AFTER_SALE_TYPES,
  type AfterSaleStatus,
  type AfterSaleType,
  GOODS_CATEGORIES,
  type GoodsCategory,
} from '../../../src/domain/aftersale/after-sale.js';
import type { EligibilityCase, ParcelOrder } from '../../../src/domain/eligibility/case.js';
import { RULES } from '../../../src/domain/eligibility/rules.js';
import { type DecideInput, type Decision, decide } from '../../../src/domain/intercept/decide.js';
import { INTERCEPT_STATES, type InterceptState, isFinal, step } from '../../../src/domain/intercept/machine.js';
import { REASONS, type Reason } from '../../../src/domain/reasons.js';
import type { Whereabouts } from '../../../src/domain/tracking/whereabouts.js';

const NOW = new Date('2026-11-22T10:00:00Z');
const PLACES = [
  'unseen',
  'moving',
  'at_branch',
  'out_for_delivery',
  'delivered',
  'returning',
  'returned',
  'lost',
  'unclear',
] as const satisfies readonly Whereabouts[];

/** Nobody asked, the facts did, or a person. */
const CANCELS = fc.constantFrom<Reason | null>(null, 'cancel_asked', 'waybill_changed', 'withdrawn_by_person');

/** Mostly the one value that is harmless, so that a good share of the cases has nothing against it. */
const biased = <T>(usual: T, ...any: readonly T[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...any));
const fen = biased(8_900, 0, 100, 99_999, 100_000);
const mostly = biased(true, false);
const facts = {
  shopId: fc.constant('dy-main'),
  orderId: fc.constantFrom('1', '2'),
  type: biased<AfterSaleType>('refund_only', ...AFTER_SALE_TYPES),
  status: biased<AfterSaleStatus>('open', ...AFTER_SALE_STATUSES),
  refundAmountFen: fen,
  paidAmountFen: fen,
  category: biased<GoodsCategory>('normal', ...GOODS_CATEGORIES),
};
const silent = fc.record(facts, { requiredKeys: ['shopId'] });
const afterSale = fc.oneof({ weight: 6, arbitrary: fc.record(facts) }, { weight: 1, arbitrary: silent });

const eligibility: fc.Arbitrary<EligibilityCase> = fc.record({
  shop: fc.record({
    crossBorder: mostly.map((usual) => !usual),
    active: mostly,
    agreementSignedAt: mostly.map((signed) => (signed ? NOW : null)),
  }),
  afterSales: fc.array(afterSale, { maxLength: 3 }),
  parcel: fc.record({
    carrier: mostly.map((mapped) => (mapped ? 'zto' : null)),
    hasAccount: mostly,
    whereabouts: fc.oneof(fc.constant('moving' as const), fc.constantFrom(...PLACES)),
    lastLook: fc.constantFrom('found', 'empty', 'failed', 'not_asked', null),
    valueFen: fc.option(fen),
    orders: fc.array(
      fc.record({
        shopId: fc.constant('dy-main'),
        orderId: fc.constantFrom('1', '2', '3'),
        paidFen: fc.option(fen),
        refund: biased<ParcelOrder['refund']>('full', 'partial', 'none', 'unknown'),
      }),
      { maxLength: 2 },
    ),
  }),
  policy: fc.record({
    partialRefund: fc.constantFrom('skip', 'ask'),
    afterRefundPaid: fc.constantFrom('intercept', 'skip'),
  }),
});

const inputs: fc.Arbitrary<DecideInput> = fc.record({
  now: fc.constant(NOW),
  eligibility,
  permission: fc.record({
    mode: fc.constantFrom('observe', 'approve', 'auto', 'auto', 'auto'),
    policyAuto: mostly,
    approvalAboveFen: fc.option(fen),
    autoFrom: fc.option(fc.constant(NOW)),
    appliedAt: fc.constantFrom(NOW, new Date(0)),
    budgetLeft: mostly,
    knowledgeIsOld: mostly.map((usual) => !usual),
    releasedByPerson: fc.boolean(),
  }),
  deadline: fc.record({
    at: fc.constantFrom(new Date(NOW.getTime() - 1), new Date(NOW.getTime() + 1)),
    source: fc.constantFrom('request', 'platform', 'forecast', 'policy'),
  }),
  current: fc.option(
    fc.record({
      state: fc.constantFrom(...INTERCEPT_STATES),
      reason: fc.constantFrom(...(Object.keys(REASONS) as Reason[])),
      cancelReason: CANCELS,
      wasAccepted: fc.boolean(),
      canCancel: fc.boolean(),
    }),
  ),
});

/** Orders that the courier took and that nobody, or hardly anybody, wants any more. */
const unwanted: fc.Arbitrary<DecideInput> = fc
  .tuple(inputs, CANCELS, fc.boolean())
  .map(([input, cancelReason, canCancel]) => ({
    ...input,
    current: { state: 'accepted', reason: 'courier_accepted', cancelReason, wasAccepted: true, canCancel },
    eligibility: {
      ...input.eligibility,
      afterSales: input.eligibility.afterSales.map((a, i) => (i === 2 ? a : { ...a, status: 'closed' as const })),
    },
  }));

type Current = NonNullable<DecideInput['current']>;

/** The row after the decision was carried out, as the store does it; throws where the machine has no such edge. */
function carriedOut(current: Current | null, decision: Decision): Current | null {
  switch (decision.do) {
    case 'open':
      return {
        state: decision.judgement.target,
        reason: decision.judgement.reason,
        cancelReason: null,
        wasAccepted: false,
        canCancel: true,
      };
    case 'ask_cancel':
      return current && { ...current, cancelReason: decision.reason };
    case 'call_off_cancel':
      return current && { ...current, cancelReason: null };
    case 'steps': {
      let row = current;
      for (const { event, reason } of decision.steps) {
        const next = row && step(row.state, event);
        if (!row || !next?.ok) throw new Error(`${row?.state ?? 'nothing'} has no ${event}`);
        row = { ...row, state: next.to, reason };
      }
      return row;
    }
    default:
      return current;
  }
}

/** Runs the check over many inputs and says how often it had something to check. */
function over(check: (input: DecideInput, decision: Decision) => boolean, from = inputs): number {
  let met = 0;
  fc.assert(
    fc.property(from, (input) => {
      if (check(input, decide(input))) met += 1;
    }),
    { numRuns: 3_000 },
  );
  return met;
}

describe('whatever the facts, a rule', () => {
  it('says only what its row in the table says, under its own number or one it answers for (docs/decisions.md)', () => {
    const said = new Set<string>();
    fc.assert(
      fc.property(eligibility, (c) => {
        for (const { rule, says, check } of RULES) {
          const finding = check(c);
          if (!finding) continue;
          expect(says).toContainEqual([finding.verdict, finding.reason]);
          expect([rule, ...(rule === 'R19' ? ['R61', 'R62'] : [])]).toContain(finding.rule);
          said.add(finding.reason);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(said.size).toBeGreaterThan(15);
  });
});

describe('whatever the facts, a decision', () => {
  it('takes only steps that the machine has, so that the writer never refuses one', () => {
    const steps = over((input, decision) => {
      expect(() => carriedOut(input.current, decision)).not.toThrow();
      return decision.do === 'steps';
    });
    expect(steps).toBeGreaterThan(200);
  });

  it('is not taken a second time on the same facts: nothing goes round in circles', () => {
    const moved = over((input, decision) => {
      const current = carriedOut(input.current, decision);
      // A person is asked as long as the condition stands; an open task is not opened again.
      expect(['nothing', 'ask_person']).toContain(decide({ ...input, current }).do);
      return decision.do !== 'nothing';
    });
    expect(moved).toBeGreaterThan(200);
  });

  it('opens an intercept exactly if there is none', () => {
    const opened = over(({ current }, decision) => {
      expect(decision.do === 'open').toBe(current === null);
      return current === null;
    });
    expect(opened).toBeGreaterThan(200);
  });

  it('never touches a send under way, a person’s hold or an end, but for a missed parcel that comes back; it may ask a person', () => {
    const left = over(({ current }, decision) => {
      const closed: readonly (InterceptState | undefined)[] = ['submitting', 'needs_review'];
      if (!current || !(closed.includes(current.state) || isFinal(current.state))) return false;
      const comesBack =
        current.state === 'missed' && decision.do === 'steps' && decision.steps.at(-1)?.event === 'return';
      // A buyer who wants what has come back is a question to a person: the row stays as it is (R80).
      const asks = decision.do === 'ask_person' && decision.reason === 'withdrawn_after_stop';
      expect(decision.do === 'nothing' || comesBack || asks).toBe(true);
      return true;
    });
    expect(left).toBeGreaterThan(200);
  });

  it('asks for a cancel only of an order that the courier took and can cancel', () => {
    const asked = over(({ current }, decision) => {
      if (decision.do !== 'ask_cancel') return false;
      expect(current).toMatchObject({ state: 'accepted', canCancel: true, cancelReason: null });
      return true;
    }, unwanted);
    expect(asked).toBeGreaterThan(50);
  });

  it('queues nothing that a rule is against, nothing late, and nothing that the shop does not allow', () => {
    const queued = over((input, decision) => {
      const judgement = 'judgement' in decision ? decision.judgement : null;
      if (judgement?.target !== 'queued') return false;
      const { permission, deadline } = input;
      const against = judgement.failed.filter((f) => !(permission.releasedByPerson && f.verdict === 'review'));
      expect(against).toEqual([]);
      expect(deadline.at.getTime()).toBeGreaterThan(NOW.getTime());
      expect(permission.releasedByPerson || permission.mode === 'auto').toBe(true);
      return true;
    });
    expect(queued).toBeGreaterThan(15);
  });
});
