import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  FINAL_STATES,
  feeEffect,
  INTERCEPT_STATES,
  type InterceptEvent,
  type InterceptState,
  isFinal,
  mayHaveLeft,
  step,
  TRANSITIONS,
} from '../../../src/domain/intercept/machine.js';

/** Where a judgement may open an intercept (judge.ts); everything else is reached from here. */
const FIRST_STATES: readonly InterceptState[] = ['queued', 'held', 'skipped', 'missed', 'needs_review', 'expired'];

const exits = (state: InterceptState) => Object.entries<InterceptState>(TRANSITIONS[state]);
const EVENTS = [
  ...new Set(INTERCEPT_STATES.flatMap((state) => exits(state).map(([event]) => event))),
] as InterceptEvent[];

function reachableFrom(starts: readonly InterceptState[]): Set<InterceptState> {
  const seen = new Set(starts);
  for (const state of seen) for (const [, to] of exits(state)) seen.add(to);
  return seen;
}

interface Walk {
  readonly states: readonly InterceptState[];
  readonly events: readonly InterceptEvent[];
}

const roll = (max: number) => fc.noBias(fc.nat({ max }));

/** A die picks the next event: mostly one that keeps the row alive, so that walks get far; sometimes any at all. */
function pickEvent(at: InterceptState, [die, pick]: readonly [number, number]): InterceptEvent | undefined {
  if (die === 0) return EVENTS[pick % EVENTS.length];
  const alive = exits(at).filter(([, to]) => !isFinal(to));
  const legal = die < 9 && alive.length > 0 ? alive : exits(at);
  return legal[pick % Math.max(1, legal.length)]?.[0] as InterceptEvent | undefined;
}

/** Random events; those that a state does not have are refused and change nothing. */
const walks: fc.Arbitrary<Walk> = fc
  .tuple(fc.constantFrom(...FIRST_STATES), fc.array(fc.tuple(roll(9), roll(999)), { minLength: 40, maxLength: 120 }))
  .map(([start, choices]) => {
    const states = [start];
    const events: InterceptEvent[] = [];
    for (const choice of choices) {
      const at = states.at(-1) ?? start;
      const event = pickEvent(at, choice);
      const next = event ? step(at, event) : { ok: false as const };
      if (event && next.ok) {
        states.push(next.to);
        events.push(event);
      }
    }
    return { states, events };
  });

describe('the table of states', () => {
  it('leads only to states that it has, because a row in any other could never be moved again', () => {
    for (const state of INTERCEPT_STATES) for (const [, to] of exits(state)) expect(INTERCEPT_STATES).toContain(to);
  });

  it('reaches every state from those an intercept opens in, because the others would be dead words', () => {
    expect([...reachableFrom(FIRST_STATES)].sort()).toEqual([...INTERCEPT_STATES].sort());
  });

  it('leads from every state to an end, because nothing may stay open for ever (I12)', () => {
    for (const state of INTERCEPT_STATES) expect([...reachableFrom([state])].filter(isFinal)).not.toEqual([]);
  });

  it('lets no final state out but a missed parcel that comes back (R68) and a returned one that is not whole (R75)', () => {
    const outOfFinal = FINAL_STATES.flatMap((state) => exits(state).map(([event, to]) => `${state} ${event} ${to}`));
    expect(outOfFinal).toEqual([
      'returned hand_over needs_review',
      'missed stop intercepted',
      'missed return returned',
    ]);
  });

  it('calls exactly those states final that have no way out or whose end a later fact may undo', () => {
    const ends = INTERCEPT_STATES.filter(
      (state) => state === 'missed' || state === 'returned' || exits(state).length === 0,
    );
    expect(INTERCEPT_STATES.filter(isFinal).sort()).toEqual(ends.sort());
  });

  it('lets only an answer, a proof or an expired lease out of submitting, because bytes may have left', () => {
    expect(Object.keys(TRANSITIONS.submitting).sort()).toEqual([
      'accept',
      'lose_answer',
      'not_sent',
      'not_yet',
      'refuse',
    ]);
  });

  it('sends only from queued, and queues a lost send again only when its absence is proved (I9)', () => {
    const senders = INTERCEPT_STATES.filter((state) => exits(state).some(([, to]) => to === 'submitting'));
    expect(senders).toEqual(['queued']);
    expect(exits('uncertain').filter(([, to]) => to === 'queued')).toEqual([['prove_absent', 'queued']]);
  });

  it('knows where an order of ours may be at the courier, because a wish to stop is a cancel there (R80)', () => {
    expect(INTERCEPT_STATES.filter(mayHaveLeft)).toEqual(['submitting', 'uncertain', 'accepted', 'intercepted']);
  });
});

describe('a step', () => {
  it('is refused where the table has none, also for names that every object has', () => {
    for (const event of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(step('held', event as InterceptEvent)).toEqual({ ok: false });
    }
    expect(step('returned', 'return')).toEqual({ ok: false });
    expect(step('queued', 'claim')).toEqual({ ok: true, to: 'submitting' });
  });
});

describe('over any sequence of events', () => {
  it('final stays final, but for a missed parcel that comes back and one that is not whole', () => {
    fc.assert(
      fc.property(walks, ({ states, events }) => {
        states.slice(0, -1).forEach((state, i) => {
          if (isFinal(state))
            expect(['missed stop', 'missed return', 'returned hand_over']).toContain(`${state} ${events[i]}`);
        });
      }),
    );
  });

  it('no claim follows a claim without word that the first came to nothing, or a person (I3, I9)', () => {
    const between: ReadonlySet<InterceptEvent> = new Set<InterceptEvent>([
      'not_sent',
      'not_yet',
      'prove_absent',
      'release',
    ]);
    let twice = 0;
    fc.assert(
      fc.property(walks, ({ events }) => {
        const claims = events.flatMap((event, i) => (event === 'claim' ? [i] : []));
        claims.slice(1).forEach((at, i) => {
          twice += 1;
          expect(events.slice(claims[i], at).some((event) => between.has(event))).toBe(true);
        });
      }),
      { numRuns: 2_000 },
    );
    expect(twice).toBeGreaterThan(20);
  });

  /** The ledger as settleFee keeps it: a charge adds one if none stands, a clear takes back the one that does. */
  function standingFees(states: readonly InterceptState[]): number {
    let standing = 0;
    for (const state of states.slice(1)) {
      if (feeEffect(state) === 'charge' && standing === 0) standing += 1;
      if (feeEffect(state) === 'clear' && standing > 0) standing -= 1;
    }
    return standing;
  }

  it('a fee stands exactly if the last state that decides about it says that the stop took (R30, R32)', () => {
    const tookNot: readonly InterceptState[] = ['missed', 'refused', 'withdrawn', 'expired', 'skipped'];
    let charged = 0;
    fc.assert(
      fc.property(walks, ({ states }) => {
        const decisive = states.slice(1).filter((s) => s === 'intercepted' || tookNot.includes(s));
        const stands = decisive.at(-1) === 'intercepted' ? 1 : 0;
        charged += stands;
        expect(standingFees(states)).toBe(stands);
      }),
      { numRuns: 2_000 },
    );
    expect(charged).toBeGreaterThan(20);
  });

  it('a parcel that came back through a stop owes its fee, one that turned round by itself does not', () => {
    expect(standingFees(['queued', 'submitting', 'accepted', 'intercepted', 'returned'])).toBe(1);
    expect(standingFees(['queued', 'returned'])).toBe(0);
    expect(standingFees(['accepted', 'intercepted', 'missed'])).toBe(0);
  });
});
