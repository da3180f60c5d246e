import { describe, expect, it } from '@jest/globals';
import type { StatusAnswer } from '../../../src/domain/carrier/port.js';
import { type Asked, askedWhileAccepted, askedWhileUncertain } from '../../../src/domain/intercept/asked.js';
import type { Intercept } from '../../../src/domain/intercept/intercept.js';
import { type InterceptEvent, step } from '../../../src/domain/intercept/machine.js';
import { ztoManifest } from '../../../src/workers/carriers/zto/manifest.js';
import { anIntercept } from '../../support/intercept-row.js';

type Kind = StatusAnswer['kind'];
const KINDS: readonly Kind[] = [
  'pending',
  'stopped',
  'returning',
  'finished',
  'failed',
  'cancelled',
  'no_record',
  'unclear',
];
const SETTLE_MS = 10_000;
const manifest = { ...ztoManifest, settleMs: SETTLE_MS, askUntilMs: 60_000, resend: 'same_key' } as const;

const NOW = new Date('2026-11-22T10:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const lost = (over: Partial<Intercept> = {}) =>
  anIntercept({ state: 'uncertain', reason: 'answer_lost', askSince: ago(20_000), ...over });
const said = (kind: Kind): StatusAnswer => ({ kind, rawCode: 'S1', rawText: 'said so' });
const events = (asked: Asked) => asked.steps.map((s) => s.event);
const uncertain = (kind: Kind, row = lost(), how = manifest) => askedWhileUncertain(row, how, said(kind), NOW);

describe('a lost answer meets what the courier now says', () => {
  it.each<[Kind, readonly InterceptEvent[], Asked['settle']]>([
    ['pending', ['accept'], 'accepted'],
    ['stopped', ['stop'], 'accepted'],
    ['returning', ['stop'], 'accepted'],
    ['failed', ['accept', 'miss'], 'accepted'],
    ['cancelled', ['accept', 'cancel'], 'accepted'],
    ['finished', ['accept'], 'accepted'],
    ['no_record', [], null],
    ['unclear', [], null],
  ])('%s: %j, its send is settled as %s', (kind, steps, settle) => {
    const asked = uncertain(kind);
    expect(events(asked)).toEqual(steps);
    expect(asked.settle).toBe(settle);
  });

  it('looks at the road when the order is over and only the road tells how', () => {
    expect(KINDS.filter((kind) => uncertain(kind).lookNext)).toEqual(['finished']);
  });

  it('is asked again within 15 s if nothing came of it', () => {
    for (const kind of ['no_record', 'unclear'] as const) {
      expect(uncertain(kind).nextAt.getTime() - NOW.getTime()).toBeLessThanOrEqual(15_000);
    }
  });
});

describe('absence', () => {
  it('is not proved by one "no record", however late it comes', () => {
    const asked = uncertain('no_record', lost({ askSince: ago(59_000) }));
    expect(asked).toMatchObject({ steps: [], settle: null, absentSince: NOW });
    expect(asked.nextAt.getTime() - NOW.getTime()).toBe(SETTLE_MS);
  });

  it('is not proved by a second one too soon: the courier may not have settled yet', () => {
    const asked = uncertain('no_record', lost({ absentSince: ago(SETTLE_MS - 1) }));
    expect(asked).toMatchObject({ steps: [], settle: null, absentSince: ago(SETTLE_MS - 1) });
  });

  it('is proved by a second one settleMs after the first, and the order is sent again under its number', () => {
    const asked = uncertain('no_record', lost({ absentSince: ago(SETTLE_MS) }));
    expect(events(asked)).toEqual(['prove_absent']);
    expect(asked.settle).toBe('absent');
  });

  it('is not proved by two that are not of one row: anything else in between starts it anew', () => {
    expect(uncertain('unclear', lost({ absentSince: ago(SETTLE_MS) })).absentSince).toBeNull();
  });

  it('is proved also in the last moment: proof goes before giving up', () => {
    const row = lost({ askSince: ago(60_000), absentSince: ago(SETTLE_MS), deadlineAt: ago(1) });
    expect(events(uncertain('no_record', row))).toEqual(['prove_absent']);
  });

  describe('at a courier whose orders may never be repeated', () => {
    const never = { ...manifest, resend: 'never' } as const;

    it.each([0, SETTLE_MS, 10 * SETTLE_MS, 24 * 3_600_000])(
      'never queues it again, though "no record" stands for %d ms',
      (ms) => {
        for (const askedForMs of [20_000, 60_000, 3_600_000]) {
          const row = lost({ askSince: ago(askedForMs), absentSince: ago(ms) });
          expect(events(askedWhileUncertain(row, never, said('no_record'), NOW))).not.toContain('prove_absent');
        }
      },
    );

    it('hands it to a person when its time is used up', () => {
      const row = lost({ askSince: ago(60_000), absentSince: ago(SETTLE_MS) });
      expect(events(askedWhileUncertain(row, never, said('no_record'), NOW))).toEqual(['give_up']);
    });
  });
});

describe('the time to ask', () => {
  it('is used up after askUntilMs, and not a moment before', () => {
    expect(events(uncertain('unclear', lost({ askSince: ago(59_999) })))).toEqual([]);
    expect(events(uncertain('unclear', lost({ askSince: ago(60_000) })))).toEqual(['give_up']);
  });

  it('is used up at the deadline: a late proof would help nobody', () => {
    expect(events(uncertain('unclear', lost({ deadlineAt: NOW })))).toEqual(['give_up']);
  });

  it('does not end on a first "no record": it is asked once more, so that a proof has a chance', () => {
    expect(events(uncertain('no_record', lost({ askSince: ago(60_000) })))).toEqual([]);
  });

  it('counts from the last step where no other time is known', () => {
    const row = lost({ askSince: null, updatedAt: ago(60_000) });
    expect(events(uncertain('unclear', row))).toEqual(['give_up']);
  });

  it('does not stop a clear answer from counting, however late', () => {
    expect(events(uncertain('stopped', lost({ askSince: ago(3_600_000), deadlineAt: ago(1) })))).toEqual(['stop']);
  });
});

describe('an order that the courier took', () => {
  const followed = (kind: Kind, acceptedAt = ago(5_000)) =>
    askedWhileAccepted(anIntercept({ state: 'accepted', reason: 'courier_accepted', acceptedAt }), said(kind), NOW);

  it.each<[Kind, readonly InterceptEvent[]]>([
    ['pending', []],
    ['stopped', ['stop']],
    ['returning', ['stop']],
    ['failed', ['miss']],
    ['cancelled', ['cancel']],
    ['finished', []],
    ['no_record', []],
    ['unclear', []],
  ])('and that is %s now: %j', (kind, steps) => {
    expect(events(followed(kind))).toEqual(steps);
  });

  it('failed under R50: it is delivered as usual', () => {
    expect(followed('failed').steps).toMatchObject([{ reason: 'courier_failed', rule: 'R50' }]);
  });

  it('is followed on the road when it is over and nobody says how', () => {
    expect(KINDS.filter((kind) => followed(kind).lookNext)).toEqual(['finished']);
  });

  it('is never un-taken by a courier that forgot it: "no record" proves nothing here', () => {
    expect(followed('no_record')).toMatchObject({ steps: [], settle: null, absentSince: null });
  });

  it('is asked for every 30 s at first, then ever more slowly', () => {
    const next = (ms: number) => followed('pending', ago(ms)).nextAt.getTime() - NOW.getTime();
    expect(next(0)).toBe(30_000);
    expect(next(30 * 60_000)).toBe(2 * 60_000);
    expect(next(24 * 3_600_000)).toBe(30 * 60_000);
  });

  it('takes only steps that its state has, whatever is said', () => {
    for (const kind of KINDS) for (const event of events(followed(kind))) expect(step('accepted', event).ok).toBe(true);
  });
});

describe('the steps of a lost answer', () => {
  it('are such that each follows from the one before', () => {
    const rows = [lost(), lost({ absentSince: ago(SETTLE_MS) }), lost({ askSince: ago(60_000) })];
    for (const kind of KINDS) {
      for (const row of rows) {
        let state: Intercept['state'] = 'uncertain';
        for (const event of events(uncertain(kind, row))) {
          const next = step(state, event);
          expect(next.ok).toBe(true);
          if (next.ok) state = next.to;
        }
      }
    }
  });
});
