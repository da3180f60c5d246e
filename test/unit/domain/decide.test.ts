import { describe, expect, it } from '@jest/globals';
import { type DecideInput, decide } from '../../../src/domain/intercept/decide.js';
import type { Permission } from '../../../src/domain/intercept/judge.js';
import { INTERCEPT_STATES, type InterceptState } from '../../../src/domain/intercept/machine.js';
import { REASONS, type Reason } from '../../../src/domain/reasons.js';
import type { Whereabouts } from '../../../src/domain/tracking/whereabouts.js';
import { aCase, anAfterSale, aPermission, type CaseParts } from '../../support/eligibility-case.js';

const NOW = new Date('2026-11-22T10:00:00Z');

interface Parts extends CaseParts {
  readonly permission?: Partial<Permission>;
  readonly late?: boolean;
  readonly gone?: Reason;
  readonly current?: Partial<NonNullable<DecideInput['current']>>;
}

function decided(state: InterceptState | null, parts: Parts = {}) {
  const reason = state === 'held' ? 'not_picked_up' : 'ready';
  return decide({
    now: NOW,
    eligibility: aCase(parts),
    permission: aPermission(parts.permission),
    ...(parts.gone ? { goneReason: parts.gone } : {}),
    deadline: { at: new Date(NOW.getTime() + (parts.late ? -1 : 1)), source: 'platform' },
    current: state && { state, reason, cancelReason: null, wasAccepted: true, canCancel: true, ...parts.current },
  });
}

/** The steps of a decision as `event reason`; anything else by its name, with its reason if it has one. */
function told(state: InterceptState, parts: Parts = {}): readonly string[] {
  const decision = decided(state, parts);
  if (decision.do === 'steps') return decision.steps.map((s) => `${s.event} ${s.reason}`);
  return [
    decision.do === 'ask_cancel' || decision.do === 'ask_person' ? `${decision.do} ${decision.reason}` : decision.do,
  ];
}

const at = (whereabouts: Whereabouts): Parts => ({ parcel: { whereabouts } });
const withdrawn: Parts = { afterSales: [anAfterSale({ status: 'closed' })] };
const nowAReturn: Parts = { afterSales: [anAfterSale({ type: 'return_refund' })] };

describe('a parcel without an intercept', () => {
  it('gets one as the judgement says', () => {
    expect(decided(null)).toMatchObject({ do: 'open', judgement: { target: 'queued', reason: 'ready' } });
    expect(decided(null, at('delivered'))).toMatchObject({ do: 'open', judgement: { target: 'missed' } });
  });
});

describe('what has not been sent', () => {
  it.each<{ state: 'held' | 'queued'; given: string; parts: Parts; expected: string }>([
    { state: 'held', given: 'a pick-up scan', parts: {}, expected: 'release ready' },
    { state: 'queued', given: 'nothing new', parts: {}, expected: 'nothing' },
    {
      state: 'held',
      given: 'the same wait',
      parts: { parcel: { whereabouts: 'unseen', lastLook: 'empty' } },
      expected: 'nothing',
    },
    { state: 'held', given: 'another wait', parts: at('unclear'), expected: 'rehold track_unclear' },
    { state: 'queued', given: 'a track that nobody understands', parts: at('unclear'), expected: 'hold track_unclear' },
    {
      state: 'queued',
      given: 'a shop that now only observes',
      parts: { permission: { mode: 'observe' } },
      expected: 'hold observe_only',
    },
    { state: 'held', given: 'a signature', parts: at('delivered'), expected: 'find_delivered delivered' },
    { state: 'queued', given: 'a signature', parts: at('delivered'), expected: 'find_delivered delivered' },
    {
      state: 'queued',
      given: 'a scan out for delivery (case 21)',
      parts: at('out_for_delivery'),
      expected: 'find_late phone_branch',
    },
    {
      state: 'held',
      given: 'a return scan (case 20)',
      parts: at('returning'),
      expected: 'find_returning already_returning',
    },
    {
      state: 'queued',
      given: 'a return scan that is done',
      parts: at('returned'),
      expected: 'find_returning already_returning',
    },
    { state: 'queued', given: 'a withdrawal (case 27)', parts: withdrawn, expected: 'withdraw refund_withdrawn' },
    { state: 'held', given: 'a withdrawal', parts: withdrawn, expected: 'withdraw refund_withdrawn' },
    { state: 'queued', given: 'a change to a return (case 6)', parts: nowAReturn, expected: 'withdraw type_changed' },
    {
      state: 'queued',
      given: 'an unsigned agreement',
      parts: { shop: { agreementSignedAt: null } },
      expected: 'skip agreement_not_signed',
    },
    {
      state: 'queued',
      given: 'a refund changed to a part',
      parts: { afterSales: [anAfterSale({ refundAmountFen: 1 })] },
      expected: 'skip partial_refund',
    },
    { state: 'queued', given: 'a loss', parts: at('lost'), expected: 'hand_over parcel_lost' },
    { state: 'queued', given: 'its deadline', parts: { late: true }, expected: 'expire deadline_passed' },
    {
      state: 'held',
      given: 'its deadline without a pick-up (case 17)',
      parts: { late: true, parcel: { whereabouts: 'unseen', lastLook: 'empty' } },
      expected: 'expire never_picked_up',
    },
    {
      state: 'held',
      given: 'its deadline with an unknown value',
      parts: { late: true, parcel: { valueFen: null } },
      expected: 'hand_over value_unknown',
    },
  ])('$state, meets $given: $expected', ({ state, parts, expected }) => {
    expect(told(state, parts)).toEqual([expected]);
  });

  it('keeps its new judgement, so that the row shows why it waits now', () => {
    expect(decided('held', at('unclear'))).toMatchObject({ judgement: { reason: 'track_unclear', rule: 'R16' } });
    expect(decided('queued')).toMatchObject({ do: 'nothing', judgement: { target: 'queued' } });
  });

  it('ends as withdrawn for its own reason when the waybill changed (R65, case 14)', () => {
    expect(told('queued', { ...withdrawn, gone: 'waybill_changed' })).toEqual(['withdraw waybill_changed']);
  });

  it('is queued again when the wait of a person’s approval is answered', () => {
    const parts = { permission: { mode: 'approve', releasedByPerson: true }, current: { reason: 'approval' } } as const;
    expect(told('held', parts)).toEqual(['release ready']);
  });
});

describe('a lost answer (uncertain)', () => {
  it.each<[Whereabouts, readonly string[]]>([
    ['moving', ['nothing']],
    ['unseen', ['nothing']],
    ['unclear', ['nothing']],
    ['out_for_delivery', ['nothing']],
    ['delivered', ['find_delivered delivered']],
    ['returning', ['stop courier_stopped']],
    ['returned', ['stop courier_stopped', 'return returned']],
  ])('and a parcel that is %s: %j', (whereabouts, expected) => {
    expect(told('uncertain', at(whereabouts))).toEqual(expected);
  });

  it('is not touched by a withdrawal, a change of type or a deadline: first it must be known what the courier did', () => {
    for (const parts of [withdrawn, nowAReturn, { late: true }]) expect(told('uncertain', parts)).toEqual(['nothing']);
  });

  it('names no promise of the courier when the parcel arrived: none was given (R52)', () => {
    const decision = decided('uncertain', at('delivered'));
    expect(decision.do === 'steps' && decision.steps[0]?.rule).toBe(REASONS.delivered.rule);
  });
});

describe('an order that the courier took (accepted)', () => {
  it.each<[Whereabouts, readonly string[]]>([
    ['moving', ['nothing']],
    ['out_for_delivery', ['nothing']],
    ['lost', ['nothing']],
    ['delivered', ['find_delivered delivered_after_acceptance']],
    ['returning', ['stop courier_stopped']],
    ['returned', ['stop courier_stopped', 'return returned']],
  ])('and a parcel that is %s: %j', (whereabouts, expected) => {
    expect(told('accepted', at(whereabouts))).toEqual(expected);
  });

  it('is the courier’s to pay when the parcel was delivered all the same (R52, case 22)', () => {
    expect(decided('accepted', at('delivered'))).toMatchObject({ steps: [{ rule: 'R52' }] });
  });

  it('is cancelled at the courier when the last refund was withdrawn', () => {
    expect(decided('accepted', withdrawn)).toEqual({ do: 'ask_cancel', reason: 'cancel_asked' });
  });

  it('goes to a person when the courier knows no cancel: it is never shown as withdrawn (R80)', () => {
    expect(told('accepted', { ...withdrawn, current: { canCancel: false } })).toEqual(['hand_over cannot_recall']);
  });

  it('is asked to be cancelled once', () => {
    expect(told('accepted', { ...withdrawn, current: { cancelReason: 'cancel_asked' } })).toEqual(['nothing']);
  });

  it('is no longer asked to be cancelled when the buyer applies again, unless a person had asked for it (R64)', () => {
    expect(told('accepted', { current: { cancelReason: 'cancel_asked' } })).toEqual(['call_off_cancel']);
    expect(told('accepted', { current: { cancelReason: 'withdrawn_by_person' } })).toEqual(['nothing']);
  });

  it('stays while another after-sale still wants it: withdrawing one does not cancel the stop (R64, case 12)', () => {
    const afterSales = [anAfterSale({ status: 'closed' }), anAfterSale({ status: 'open' })];
    expect(told('accepted', { afterSales })).toEqual(['nothing']);
  });

  it('stays while the after-sale is unknown: unknown is no withdrawal (R70)', () => {
    expect(told('accepted', { afterSales: [anAfterSale({ status: 'unknown' })] })).toEqual(['nothing']);
  });

  it('comes back rather than being cancelled when the road says so', () => {
    expect(told('accepted', { ...withdrawn, ...at('returning') })).toEqual(['stop courier_stopped']);
  });

  it('stays when the after-sale becomes a return, and a person asks whether the buyer chose the wrong type (case 6)', () => {
    expect(told('accepted', nowAReturn)).toEqual(['ask_person type_changed_after_acceptance']);
    const afterSales = [anAfterSale({ status: 'closed' }), anAfterSale({ type: 'return_refund' })];
    expect(told('accepted', { afterSales })).toEqual(['ask_person type_changed_after_acceptance']);
  });

  it('says so when it is cancelled because the waybill changed (R65)', () => {
    expect(told('accepted', { ...withdrawn, gone: 'waybill_changed' })).toEqual(['ask_cancel waybill_changed']);
  });
});

describe('a stop that took (intercepted)', () => {
  it.each<[Whereabouts, string]>([
    ['moving', 'nothing'],
    ['returning', 'nothing'],
    ['returned', 'return returned'],
    ['delivered', 'find_delivered delivered_after_acceptance'],
  ])('and a parcel that is %s: %s', (whereabouts, expected) => {
    expect(told('intercepted', at(whereabouts))).toEqual([expected]);
  });
});

describe('an end', () => {
  it.each(['returned', 'returning'] as const)(
    'of a missed parcel is mended when it is %s after all (R68)',
    (whereabouts) => {
      expect(told('missed', at(whereabouts))).toEqual(['return returned']);
      // A signature had come before the return scan: the stop had worked, and its fee is due (R32).
      const signed = { current: { reason: 'delivered_after_acceptance' } } as const;
      expect(told('missed', { ...at(whereabouts), ...signed })).toEqual(['stop courier_stopped', 'return returned']);
    },
  );

  it('of a missed parcel stands otherwise', () => {
    for (const whereabouts of ['delivered', 'moving', 'unseen'] as const) {
      expect(told('missed', at(whereabouts))).toEqual(['nothing']);
    }
  });

  it('of a parcel that is back: whoever wants it after all gets it sent again (R80)', () => {
    expect(told('returned', { ...withdrawn, current: { wasAccepted: true } })).toEqual([
      'ask_person withdrawn_after_stop',
    ]);
    expect(told('returned', { ...withdrawn, current: { wasAccepted: false } })).toEqual(['nothing']);
    for (const parts of [{}, at('returning'), at('delivered'), { late: true }]) {
      expect(told('returned', parts)).toEqual(['nothing']);
    }
  });

  it.each(['refused', 'withdrawn', 'expired', 'skipped'] as const)('%s is not touched by any fact', (state) => {
    for (const parts of [{}, withdrawn, at('returning'), at('delivered'), { late: true }]) {
      expect(told(state, parts)).toEqual(['nothing']);
    }
  });
});

describe('what belongs to somebody else', () => {
  it('what could not be recalled and comes back is to be sent again; it stays with the person all the same (R80)', () => {
    const current = { reason: 'cannot_recall' } as const;
    expect(told('needs_review', { ...withdrawn, ...at('returning'), current })).toEqual([
      'ask_person withdrawn_after_stop',
    ]);
    expect(told('needs_review', { ...withdrawn, ...at('moving'), current })).toEqual(['nothing']);
    expect(told('needs_review', { ...at('returning'), current })).toEqual(['nothing']);
  });

  it('a person’s hold stays with the person, whatever comes (R63, case 11)', () => {
    for (const parts of [{}, withdrawn, at('returned'), at('delivered'), { late: true }]) {
      expect(told('needs_review', parts)).toEqual(['nothing']);
    }
  });

  it('a send under way is left to its answer or its lease', () => {
    for (const parts of [{}, withdrawn, at('returned'), at('delivered'), { late: true }]) {
      expect(told('submitting', parts)).toEqual(['nothing']);
    }
  });

  it('no state is forgotten: each gives an answer to plain facts', () => {
    for (const state of INTERCEPT_STATES) expect(decided(state)).toHaveProperty('do');
  });
});
