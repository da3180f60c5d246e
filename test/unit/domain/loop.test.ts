import { afterEach, describe, expect, it } from '@jest/globals';
import { Loop } from '../../../src/domain/loop.js';
import { until } from '../../support/until.js';

const HOUR_MS = 3_600_000;
const loops: Loop[] = [];
afterEach(async () => {
  await Promise.all(loops.splice(0).map((loop) => loop.stop()));
});

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A loop that is stopped after the test, with what it reported. */
function started(everyMs: number, work: () => Promise<boolean>) {
  const reports: string[] = [];
  const loop = new Loop('under test', everyMs, work, (name, error) => reports.push(`${name}: ${String(error)}`));
  loops.push(loop);
  return { loop, reports };
}

/** All that is due now has run: promises first, then timers of 0 ms. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe('a loop', () => {
  it('runs at once, then rests until it is woken', async () => {
    let runs = 0;
    const { loop } = started(HOUR_MS, async () => {
      runs += 1;
      return false;
    });
    await until(() => runs === 1, { what: 'the first run' });
    await turn();
    expect(runs).toBe(1);
    loop.wake();
    await until(() => runs === 2, { what: 'the run it was woken for' });
  });

  it('runs by itself every so often', async () => {
    let runs = 0;
    started(5, async () => {
      runs += 1;
      return false;
    });
    await until(() => runs >= 4, { what: 'four runs' });
  });

  it('runs again at once while there is more to do', async () => {
    let runs = 0;
    started(HOUR_MS, async () => {
      runs += 1;
      return runs < 50;
    });
    await until(() => runs === 50, { what: 'fifty runs' });
  });

  it('makes one run of many calls that come during a run, and never two at a time', async () => {
    const first = gate();
    let runs = 0;
    let atOnce = 0;
    let most = 0;
    const { loop } = started(HOUR_MS, async () => {
      runs += 1;
      atOnce += 1;
      most = Math.max(most, atOnce);
      if (runs === 1) await first.opened;
      atOnce -= 1;
      return false;
    });
    await until(() => runs === 1, { what: 'the first run' });
    for (let i = 0; i < 20; i += 1) loop.wake();
    first.open();
    await until(() => runs === 2, { what: 'the one run for all the calls' });
    await turn();
    expect({ runs, most }).toEqual({ runs: 2, most: 1 });
  });

  it('reports an error and goes on: nothing that fails once may end intake or dispatch', async () => {
    let runs = 0;
    const { reports } = started(1, async () => {
      runs += 1;
      if (runs <= 2) throw new Error(`planted ${runs}`);
      return false;
    });
    await until(() => runs >= 4, { what: 'runs after the errors' });
    expect(reports).toEqual(['under test: Error: planted 1', 'under test: Error: planted 2']);
  });

  it('survives work that throws before it has made a promise', async () => {
    let runs = 0;
    started(1, () => {
      runs += 1;
      if (runs === 1) throw new Error('planted');
      return Promise.resolve(false);
    });
    await until(() => runs >= 2, { what: 'a run after the error' });
  });

  it('cannot be hurried after an error: a database that is away is not hammered by every event', async () => {
    let runs = 0;
    const { loop } = started(HOUR_MS, async () => {
      runs += 1;
      throw new Error('planted');
    });
    await until(() => runs === 1, { what: 'the first run' });
    for (let i = 0; i < 20; i += 1) {
      loop.wake();
      await turn();
    }
    expect(runs).toBeLessThanOrEqual(2);
  });

  it('waits longer after each further error, and comes back to its pace after a success', async () => {
    const at: number[] = [];
    started(1, async () => {
      at.push(performance.now());
      if (at.length <= 3) throw new Error('planted');
      return false;
    });
    await until(() => at.length >= 6, { what: 'six runs' });
    const gaps = at.slice(1).map((t, i) => t - (at[i] ?? 0));
    expect(gaps[0]).toBeGreaterThan(150);
    expect(gaps[1]).toBeGreaterThan(350);
    expect(gaps[2]).toBeGreaterThan(750);
    // The next pause after an error would be longer than the last one.
    expect(gaps[3]).toBeLessThan(750);
  });

  it('stops after the present run has ended, and not before', async () => {
    const first = gate();
    let ended = false;
    const { loop } = started(HOUR_MS, async () => {
      await first.opened;
      ended = true;
      return true;
    });
    const stopped = loop.stop().then(() => ended);
    await turn();
    expect(ended).toBe(false);
    first.open();
    expect(await stopped).toBe(true);
  });

  it('stops at once while it rests, also after an error, and runs no more whoever wakes it', async () => {
    let runs = 0;
    const { loop, reports } = started(HOUR_MS, async () => {
      runs += 1;
      throw new Error('planted');
    });
    await until(() => reports.length === 1, { what: 'the error' });
    await loop.stop();
    loop.wake();
    await turn();
    expect(runs).toBe(1);
  });
});
