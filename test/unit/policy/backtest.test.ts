import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PolicyComparison, type StoredDecision } from '../../../src/domain/policy/backtest.js';
import type { PolicySettings } from '../../../src/domain/settings/settings.js';
import { aCase, anAfterSale } from '../../support/eligibility-case.js';
import { aPolicy } from '../../support/picture.js';
import { aDecision, DECIDED_AT, someFacts } from '../../support/stored-decision.js';

function compared(draft: Partial<PolicySettings>, decisions: readonly StoredDecision[], today = aPolicy()) {
  const comparison = new PolicyComparison(today, aPolicy(draft));
  for (const decision of decisions) comparison.add(decision);
  return comparison.result();
}

describe('a draft on the decisions of the past', () => {
  it('counts what was really sent by its end, and the rest by its chance', () => {
    const { today } = compared({}, [
      aDecision({ outcome: 'stopped', feeFen: 300 }),
      aDecision({ outcome: 'failed' }),
      aDecision(),
    ]);
    expect(today).toMatchObject({
      sent: 3,
      savedFen: 8_900 + 0 + 4_450,
      lostFen: 0 + 8_900 + 4_450,
      feesFen: 300 + 0 + 150,
      gainFen: 8_900 + 0 + 4_450 - 450,
      estimated: 1,
    });
  });

  it('asks a person where its conditions, its amount or its switch say so', () => {
    const cheap = aDecision({
      id: 'cheap',
      facts: someFacts({ valueFen: 500 }),
      eligibility: aCase({ parcel: { valueFen: 500 } }),
    });
    const dear = aDecision({ id: 'dear' });
    const asks = (draft: Partial<PolicySettings>) => compared(draft, [cheap, dear]).draft;
    expect(asks({ when: { gainFen: 1_000 } })).toMatchObject({ sent: 1, asked: 1, askedFen: 500, lostFen: 4_450 });
    expect(asks({ approvalAboveFen: 1_000 })).toMatchObject({ sent: 1, asked: 1, askedFen: 8_900 });
    expect(asks({ auto: false })).toMatchObject({ sent: 0, asked: 2, askedFen: 9_400, feesFen: 0 });
  });

  it('names the first decisions that would differ', () => {
    const { differs, examples } = compared({ auto: false }, [aDecision({ id: 'a' }), aDecision({ id: 'b' })]);
    expect(differs).toBe(2);
    expect(examples[0]).toEqual({
      id: 'a',
      waybillNo: '73100000000001',
      shopId: 'dy-main',
      valueFen: 8_900,
      today: { answer: 'sent', reason: 'ready' },
      draft: { answer: 'asked', reason: 'approval' },
    });
  });

  it('leaves alone what the rules decided', () => {
    const decided = aDecision({ eligibility: aCase({ parcel: { whereabouts: 'delivered' } }) });
    expect(compared({ auto: false }, [decided])).toMatchObject({ differs: 0, draft: { notOpen: 1, lostFen: 0 } });
  });

  it('loses what it passes by: parcels whose refund is paid', () => {
    const paid = aDecision({ eligibility: aCase({ afterSales: [anAfterSale({ status: 'paid' })] }) });
    expect(compared({ afterRefundPaid: 'skip' }, [paid]).draft).toMatchObject({ passedBy: 1, lostFen: 8_900 });
  });

  it('sees a person’s release and the shop’s mode set aside', () => {
    // What is kept of the permission holds neither: only the start mark counts.
    const before = aDecision({ permission: { autoFrom: DECIDED_AT, appliedAt: new Date(DECIDED_AT.getTime() - 1) } });
    expect(compared({}, [before]).draft).toMatchObject({ notOpen: 1 });
  });

  it('uses up its budget in the order of time', () => {
    const decisions = [0, 1, 2, 61].map((minute) =>
      aDecision({
        facts: someFacts({ atMs: DECIDED_AT.getTime() + minute * 60_000 }),
        deadline: { at: new Date(DECIDED_AT.getTime() + 7_200_000), source: 'forecast' },
      }),
    );
    const { draft } = compared({ budget: { perDayFen: null, perHourCount: 2 } }, decisions);
    expect(draft).toMatchObject({ sent: 3, outOfBudget: 1, lostFen: 8_900 + 3 * 4_450 });
  });

  it('accounts for every fen and every decision, whatever the policies', () => {
    const decision = fc.record({
      valueFen: fc.integer({ min: 1, max: 99_999 }),
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
      outcome: fc.constantFrom('stopped', 'failed', 'unknown'),
    });
    const draft = fc.record({
      auto: fc.boolean(),
      approvalAboveFen: fc.option(fc.integer({ min: 1, max: 99_999 })),
      budget: fc.record({ perDayFen: fc.constant(null), perHourCount: fc.option(fc.integer({ min: 1, max: 5 })) }),
    });
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 20 }), draft, (given, policy) => {
        const decisions = given.map(({ valueFen, chance, outcome }) =>
          aDecision({ outcome, facts: someFacts({ valueFen, chance }), eligibility: aCase({ parcel: { valueFen } }) }),
        );
        const { draft: t } = compared(policy, decisions);
        expect(t.sent + t.asked + t.outOfBudget + t.passedBy + t.notOpen).toBe(decisions.length);
        expect(t.gainFen).toBe(t.savedFen - t.feesFen);
        expect(t.savedFen + t.lostFen + t.askedFen).toBe(given.reduce((sum, { valueFen }) => sum + valueFen, 0));
      }),
    );
  });
});
