import { describe, expect, it } from '@jest/globals';
import type { DeadlineSource } from '../../../src/domain/intercept/deadline.js';
import { type JudgeInput, judge, type Permission } from '../../../src/domain/intercept/judge.js';
import { aCase, anAfterSale, aPermission, type CaseParts, withoutFact } from '../../support/eligibility-case.js';

const NOW = new Date('2026-11-22T10:00:00Z');
const IN_AN_HOUR = new Date(NOW.getTime() + 3_600_000);

interface Parts extends CaseParts {
  readonly permission?: Partial<Permission>;
  readonly deadlineAt?: Date;
  readonly source?: DeadlineSource;
}

function judged(parts: Parts = {}) {
  const input: JudgeInput = {
    now: NOW,
    eligibility: aCase(parts),
    permission: aPermission(parts.permission),
    deadline: { at: parts.deadlineAt ?? IN_AN_HOUR, source: parts.source ?? 'platform' },
  };
  const { target, reason, rule } = judge(input);
  return { target, reason, rule };
}

describe('a parcel with nothing against it', () => {
  it('is queued at once', () => {
    expect(judged()).toEqual({ target: 'queued', reason: 'ready', rule: null });
  });
});

describe('a rule against it', () => {
  const part = [anAfterSale({ refundAmountFen: 1 })];

  it.each<{ given: string; parts: Parts; expected: ReturnType<typeof judged> }>([
    {
      given: 'that says never: skipped',
      parts: { shop: { crossBorder: true } },
      expected: { target: 'skipped', reason: 'cross_border_shop', rule: 'R10' },
    },
    {
      given: 'that says too late: missed, and the branch is phoned (R69)',
      parts: { parcel: { whereabouts: 'out_for_delivery' } },
      expected: { target: 'missed', reason: 'phone_branch', rule: 'R16' },
    },
    {
      given: 'that asks a person: needs_review',
      parts: { afterSales: part, policy: { partialRefund: 'ask' } },
      expected: { target: 'needs_review', reason: 'partial_refund_ask', rule: 'R60' },
    },
    {
      given: 'that waits: held',
      parts: { parcel: { whereabouts: 'unseen', lastLook: 'empty' } },
      expected: { target: 'held', reason: 'not_picked_up', rule: 'R16' },
    },
    {
      given: 'already on its way back: skipped, and nothing is sent (case 20)',
      parts: { parcel: { whereabouts: 'returning' } },
      expected: { target: 'skipped', reason: 'already_returning', rule: 'R16' },
    },
    {
      given: 'that says never outweighs one that waits',
      parts: { parcel: { valueFen: null }, afterSales: part },
      expected: { target: 'skipped', reason: 'partial_refund', rule: 'R60' },
    },
  ])('$given', ({ parts, expected }) => {
    expect(judged(parts)).toEqual(expected);
  });

  it('is kept with every other that failed, so that the decision can be explained', () => {
    const input = { now: NOW, permission: aPermission(), deadline: { at: IN_AN_HOUR, source: 'platform' } } as const;
    const { failed } = judge({ ...input, eligibility: aCase({ shop: { active: false }, parcel: { valueFen: null } }) });
    expect(failed.map((f) => f.rule)).toEqual(['R11', 'R14']);
  });

  it('stands though the shop only observes: what is skipped for good is not "observed"', () => {
    expect(judged({ shop: { active: false }, permission: { mode: 'observe' } }).target).toBe('skipped');
  });
});

describe('what the shop and its policy allow (R76)', () => {
  it.each<{ given: string; permission: Partial<Permission>; reason: string | null }>([
    {
      given: 'a shop that observes decides and sends nothing',
      permission: { mode: 'observe' },
      reason: 'observe_only',
    },
    { given: 'a shop that approves waits for a person', permission: { mode: 'approve' }, reason: 'approval' },
    {
      given: 'a policy that is not automatic waits for a person',
      permission: { policyAuto: false },
      reason: 'approval',
    },
    {
      given: 'a value above the limit waits for a person',
      permission: { approvalAboveFen: 8_899 },
      reason: 'approval',
    },
    { given: 'a value at the limit does not', permission: { approvalAboveFen: 8_900 }, reason: null },
    { given: 'a used-up budget waits', permission: { budgetLeft: false }, reason: 'budget_used_up' },
    {
      given: 'an after-sale older than the start mark is only listed',
      permission: { appliedAt: new Date('2026-10-31T23:59:59Z') },
      reason: 'before_start',
    },
    {
      given: 'one of the very moment of the start mark is sent',
      permission: { appliedAt: new Date('2026-11-01T00:00:00Z') },
      reason: null,
    },
    {
      given: 'the start mark comes before the mode: it is released by replay, not by approval',
      permission: { appliedAt: new Date('2026-10-01T00:00:00Z'), mode: 'approve' },
      reason: 'before_start',
    },
  ])('$given', ({ permission, reason }) => {
    const verdict = judged({ permission });
    expect(verdict.target).toBe(reason === null ? 'queued' : 'held');
    expect(verdict.reason).toBe(reason ?? 'ready');
  });

  it.each<Partial<Permission>>([
    { mode: 'observe' },
    { mode: 'approve' },
    { policyAuto: false },
    { approvalAboveFen: 1 },
    { budgetLeft: false },
    { appliedAt: new Date(0) },
  ])('a person who let it go has answered %j', (permission) => {
    expect(judged({ permission: { ...permission, releasedByPerson: true } }).target).toBe('queued');
  });

  it('a person who let it go has answered the rules that ask, and no other', () => {
    const permission = { releasedByPerson: true };
    const orders = [{ shopId: 'dy-main', orderId: '2', paidFen: 1, refund: 'none' }] as const;
    expect(judged({ permission, parcel: { orders } }).target).toBe('queued');
    expect(judged({ permission, parcel: { whereabouts: 'delivered' } }).target).toBe('missed');
    expect(judged({ permission, shop: { agreementSignedAt: null } }).target).toBe('skipped');
    expect(judged({ permission, parcel: { valueFen: null } }).target).toBe('held');
  });

  it('old knowledge of the after-sale is renewed before the send, also after a person let it go (R72, case 30)', () => {
    for (const releasedByPerson of [false, true]) {
      const verdict = judged({ permission: { knowledgeIsOld: true, releasedByPerson } });
      expect(verdict).toEqual({ target: 'held', reason: 'rechecking', rule: 'R72' });
    }
  });

  it('old knowledge is renewed last: what waits for a person is not read again and again meanwhile', () => {
    expect(judged({ permission: { knowledgeIsOld: true, mode: 'approve' } }).reason).toBe('approval');
  });

  it('a rule that waits is named before a permission that waits: it says what to do', () => {
    expect(judged({ permission: { mode: 'approve' }, parcel: { valueFen: null } }).reason).toBe('value_unknown');
  });
});

describe('the last moment to send', () => {
  const late = { deadlineAt: NOW } as const;
  const unseen = { whereabouts: 'unseen', lastLook: 'empty' } as const;

  it.each<{ given: string; parts: Parts; target: string; reason: string }>([
    { given: 'ends what was ready', parts: {}, target: 'expired', reason: 'deadline_passed' },
    {
      given: 'ends a wait for pick-up with a task',
      parts: { parcel: unseen },
      target: 'expired',
      reason: 'never_picked_up',
    },
    {
      given: 'ends a wait for approval with a task',
      parts: { permission: { mode: 'approve' } },
      target: 'expired',
      reason: 'approval_missed',
    },
    {
      given: 'ends an observation',
      parts: { permission: { mode: 'observe' } },
      target: 'expired',
      reason: 'deadline_passed',
    },
    {
      given: 'ends a wait for budget',
      parts: { permission: { budgetLeft: false } },
      target: 'expired',
      reason: 'deadline_passed',
    },
    {
      given: 'hands an unknown amount to a person',
      parts: { afterSales: [withoutFact('paidAmountFen')] },
      target: 'needs_review',
      reason: 'amount_unknown',
    },
    {
      given: 'hands an unknown value to a person',
      parts: { parcel: { valueFen: null } },
      target: 'needs_review',
      reason: 'value_unknown',
    },
    {
      given: 'hands unknown contents to a person (R62)',
      parts: { parcel: { orders: [{ shopId: 'x', orderId: '2', paidFen: null, refund: 'unknown' }] } },
      target: 'needs_review',
      reason: 'contents_unknown',
    },
    {
      given: 'hands an after-sale of unknown state to a person',
      parts: { afterSales: [anAfterSale({ status: 'unknown' })] },
      target: 'needs_review',
      reason: 'after_sale_unknown',
    },
    {
      given: 'hands an unclear track to a person',
      parts: { parcel: { whereabouts: 'unclear' } },
      target: 'needs_review',
      reason: 'track_unclear',
    },
    {
      given: 'hands a track that could not be read to a person: "could not look" never ends in silence (R67)',
      parts: { parcel: { whereabouts: 'unseen', lastLook: 'failed' } },
      target: 'needs_review',
      reason: 'track_unclear',
    },
    {
      given: 'changes nothing for what may never be sent',
      parts: { shop: { active: false } },
      target: 'skipped',
      reason: 'shop_not_active',
    },
    {
      given: 'changes nothing for what was delivered',
      parts: { parcel: { whereabouts: 'delivered' } },
      target: 'missed',
      reason: 'delivered',
    },
  ])('$given', ({ parts, target, reason }) => {
    expect(judged({ ...parts, ...late })).toMatchObject({ target, reason });
  });

  it('has passed at its very millisecond and not one before (I11)', () => {
    expect(judged({ deadlineAt: new Date(NOW.getTime() + 1) }).target).toBe('queued');
    expect(judged({ deadlineAt: NOW }).target).toBe('expired');
  });

  it('counts for a person’s release as well: what cannot arrive in time is not sent', () => {
    expect(judged({ ...late, permission: { releasedByPerson: true } }).target).toBe('expired');
  });

  describe('if it is only a forecast', () => {
    const forecast = { ...late, source: 'forecast' } as const;

    it('is no reason to give up before the track was read once', () => {
      const verdict = judged({ ...forecast, parcel: { whereabouts: 'moving', lastLook: null } });
      expect(verdict).toEqual({ target: 'held', reason: 'checking', rule: 'R16' });
    });

    it.each(['found', 'empty', 'failed'] as const)('ends it after a look that gave %s', (lastLook) => {
      expect(judged({ ...forecast, parcel: { whereabouts: 'moving', lastLook } }).target).toBe('expired');
    });

    it('is the platform’s own clock no forecast: it ends it unread', () => {
      expect(judged({ ...late, source: 'platform', parcel: { whereabouts: 'moving', lastLook: null } }).target).toBe(
        'expired',
      );
    });
  });
});
