import { describe, expect, it } from '@jest/globals';
import {
  brokenBy,
  feesDue,
  type History,
  type HistoryAttempt,
  type HistoryEntry,
  type HistoryStep,
} from '../../../src/domain/invariants.js';

const TARIFFS = [{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }];

/** Steps as the writer makes them: `open` into the first state, then event and state in turn. */
function steps(opened: string, ...taken: [event: string, to: string][]): HistoryStep[] {
  const list: HistoryStep[] = [{ version: 1, epoch: 0, from: null, event: 'open', to: opened }];
  for (const [event, to] of taken) {
    const before = list.at(-1);
    if (!before) continue;
    const epoch = before.epoch + (event === 'claim' ? 1 : 0);
    list.push({ version: before.version + 1, epoch, from: before.to, event, to });
  }
  return list;
}

const send = (over: Partial<HistoryAttempt> = {}): HistoryAttempt => ({
  seq: 1,
  kind: 'send',
  epoch: 1,
  requestId: 'ic-1',
  outcome: 'accepted',
  ...over,
});

const fee = (over: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: 'f1',
  kind: 'fee',
  carrier: 'zto',
  amountFen: 300,
  tariffFrom: '2024-11-18',
  postedAt: new Date('2026-11-22T10:00:00Z'),
  reversesId: null,
  ...over,
});

/** A history that fits itself: the row stands where its steps end. */
function history(taken: HistoryStep[], more: Partial<History> = {}): History {
  const last = taken.at(-1);
  return {
    row: {
      state: last?.to ?? '',
      version: last?.version ?? 0,
      epoch: last?.epoch ?? 0,
      requestId: 'ic-1',
      statedFeeFen: null,
    },
    steps: taken,
    attempts: [],
    entries: [],
    ...more,
  };
}

const STOPPED = steps('queued', ['claim', 'submitting'], ['accept', 'accepted'], ['stop', 'intercepted']);
const sound = (): History => history(STOPPED, { attempts: [send()], entries: [fee()] });

describe('a sound history', () => {
  it('breaks nothing', () => {
    expect(brokenBy(sound(), TARIFFS)).toEqual([]);
  });

  it.each([
    ['never sent', history(steps('held', ['withdraw', 'withdrawn']))],
    [
      'sent again after its absence was proved',
      history(
        steps(
          'queued',
          ['claim', 'submitting'],
          ['lose_answer', 'uncertain'],
          ['prove_absent', 'queued'],
          ['claim', 'submitting'],
          ['accept', 'accepted'],
        ),
        {
          attempts: [
            send({ outcome: 'absent' }),
            send({ seq: 2, kind: 'query', outcome: 'answered' }),
            send({ seq: 3, epoch: 2 }),
          ],
        },
      ),
    ],
    [
      'delivered after the stop, the fee given back',
      history([...STOPPED, { version: 5, epoch: 1, from: 'intercepted', event: 'find_delivered', to: 'missed' }], {
        attempts: [send()],
        entries: [fee(), fee({ id: 'r1', kind: 'reversal', tariffFrom: null, reversesId: 'f1' })],
      }),
    ],
  ])('that was %s breaks nothing', (_, fine) => {
    expect(brokenBy(fine, TARIFFS)).toEqual([]);
  });
});

describe('the fee that is due', () => {
  it.each([
    ['an intercept that was never sent', steps('held', ['expire', 'expired']), 0],
    ['a parcel that was stopped', STOPPED, 1],
    ['one that came back', steps('accepted', ['stop', 'intercepted'], ['return', 'returned']), 1],
    ['one that came back without our stop', steps('held', ['find_returning', 'returned']), 0],
    [
      'one that a person looks at after the stop',
      steps('accepted', ['stop', 'intercepted'], ['hand_over', 'needs_review']),
      1,
    ],
    ['one that was delivered after all', steps('accepted', ['stop', 'intercepted'], ['find_delivered', 'missed']), 0],
    ['one that a person found stopped after all', steps('needs_review', ['stop', 'intercepted']), 1],
  ] as const)('for %s', (_, taken, due) => {
    expect(feesDue(taken)).toBe(due);
  });
});

describe('a planted fault', () => {
  const broken = (over: Partial<History>) => brokenBy({ ...sound(), ...over }, TARIFFS);
  const without = (version: number) => STOPPED.filter((taken) => taken.version !== version);

  it.each<[string, Partial<History>, string[]]>([
    ['a step is missing', { steps: without(3) }, ['I7_history']],
    ['the first step is missing', { steps: without(1) }, ['I7_history']],
    [
      'an edge is not of the machine',
      { steps: STOPPED.map((s) => (s.version === 4 ? { ...s, event: 'return' } : s)) },
      ['I7_history'],
    ],
    [
      'an event leads elsewhere',
      { steps: STOPPED.map((s) => (s.version === 3 ? { ...s, event: 'refuse' } : s)) },
      ['I7_history'],
    ],
    ['the row stands elsewhere', { row: { ...sound().row, state: 'returned' } }, ['I7_history']],
    ['the row has a higher version', { row: { ...sound().row, version: 9 } }, ['I7_history']],
    [
      'there is no history',
      { steps: [], attempts: [], entries: [], row: { ...sound().row, epoch: 0 } },
      ['I7_history'],
    ],
    [
      'a claim kept the epoch',
      { steps: STOPPED.map((s) => ({ ...s, epoch: 0 })), row: { ...sound().row, epoch: 0 } },
      ['I13_epoch', 'I8_claim_before_send'],
    ],
    ['an old owner wrote', { steps: STOPPED.map((s) => (s.version === 4 ? { ...s, epoch: 0 } : s)) }, ['I13_epoch']],
    ['the row has another owner', { row: { ...sound().row, epoch: 2 } }, ['I13_epoch']],
    ['a send has no claim', { attempts: [send({ epoch: 7 })] }, ['I8_claim_before_send']],
    [
      'two sends are open',
      { attempts: [send({ outcome: null }), send({ seq: 2, outcome: 'unknown' })] },
      ['I9_unresolved_sends', 'I9_resend'],
    ],
    ['a send followed an open one', { attempts: [send({ outcome: 'unknown' }), send({ seq: 2 })] }, ['I9_resend']],
    ['a send has its own request id', { attempts: [send({ requestId: 'ic-2' })] }, ['I10_request_id']],
    ['the fee is missing', { entries: [] }, ['I5_fee_iff_stopped']],
    ['the fee is there twice', { entries: [fee(), fee({ id: 'f2' })] }, ['I5_fee_iff_stopped']],
    [
      'the fee was given back',
      { entries: [fee(), fee({ id: 'r', kind: 'reversal', reversesId: 'f1' })] },
      ['I5_fee_iff_stopped'],
    ],
    ['the amount is not the tariff’s', { entries: [fee({ amountFen: 301 })] }, ['I5_tariff_amount']],
    [
      'the tariff did not hold yet',
      { entries: [fee({ postedAt: new Date('2024-11-17T15:59:59Z') })] },
      ['I5_tariff_amount'],
    ],
    ['the fee names no tariff', { entries: [fee({ tariffFrom: null })] }, ['I5_tariff_amount']],
    [
      'the fee is not what the courier stated',
      { entries: [fee({ tariffFrom: null, amountFen: 450 })], row: { ...sound().row, statedFeeFen: 400 } },
      ['I5_tariff_amount'],
    ],
    [
      'a reversal is of another amount',
      { entries: [fee(), fee({ id: 'f2' }), fee({ id: 'r', kind: 'reversal', reversesId: 'f2', amountFen: 200 })] },
      ['I6_reversal'],
    ],
    [
      'a reversal names nothing',
      { entries: [fee(), fee({ id: 'r', kind: 'reversal', reversesId: 'x' })] },
      ['I6_reversal'],
    ],
  ])('is found: %s', (_, over, invariants) => {
    expect(broken(over)).toEqual(invariants);
  });

  it('is found: a fee without a stop', () => {
    const refused = history(steps('queued', ['claim', 'submitting'], ['refuse', 'refused']), {
      attempts: [send({ outcome: 'refused' })],
      entries: [fee()],
    });
    expect(brokenBy(refused, TARIFFS)).toEqual(['I5_fee_iff_stopped']);
  });

  it('is found: a final state that changed', () => {
    expect(brokenBy(history(steps('skipped', ['release', 'queued'])), TARIFFS)).toEqual(['I7_history']);
  });
});
