import { gapMs } from '../../src/domain/intercept/lane-rate.js';
import { median } from '../random.js';
import type { Cell, Findings } from '../rig/report.js';
import type { BenchServices } from '../rig/services.js';
import { fifo, jiejian, optimum, plainEdf } from './policies.js';
import { realStorm } from './real.js';
import { simulate } from './simulate.js';
import { STORMS, stormRows } from './storm.js';

const STORM_LIMIT = { max: 20, perMs: 1_000 };
/** Slow enough that requests, dispatcher, workers and twin together do not fill a shared machine. */
const REAL_LIMIT = { max: 5, perMs: 1_000 };

/** Storms in simulated time over the real chooser, and one over the real dispatcher, limiter and a twin. */
export async function benchStorm(services: BenchServices, small: boolean): Promise<Findings> {
  const gap = gapMs(STORM_LIMIT);
  const lane = { gapMs: gap, window: 40, everyMs: 100 };
  const seeds = small ? [1] : [1, 2, 3, 4, 5];
  const rows: Cell[][] = [];
  const raw: unknown[] = [];
  for (const shape of STORMS) {
    const results = seeds.map((seed) => {
      const storm = stormRows(shape, gap, seed);
      return [fifo(), plainEdf(), jiejian(lane), optimum()].map((policy) => simulate(policy, storm, gap));
    });
    raw.push({ shape, results });
    const share = (i: number) => median(results.map((r) => (r[i]?.inTime ?? 0) / (r[3]?.inTime ?? 1)));
    const value = median(results.map((r) => (r[2]?.valueFen ?? 0) / (r[3]?.valueFen ?? 1)));
    const best = median(results.map((r) => (r[3]?.inTime ?? 0) / (r[3]?.rows ?? 1)));
    rows.push([`${shape.name}, ${shape.load} ×`, 'simulated', best, share(0), share(1), share(2), value]);
  }
  const real = await realStorm(services, REAL_LIMIT, small ? 60_000 : 180_000);
  raw.push({ real });
  const shareOf = (n: number) => n / real.optimum;
  rows.push([
    'a lane of 5 a second, 1.6 ×',
    'real run',
    real.optimum / real.rows,
    shareOf(real.fifo),
    shareOf(real.plainEdf),
    shareOf(real.inTime),
    real.valueFen / real.optimumValueFen,
  ]);
  return {
    bench: 'storm',
    columns: [
      'storm',
      'how',
      'optimum in time',
      'FIFO / optimum',
      'EDF / optimum',
      'Jiejian / optimum',
      'its value / optimum',
    ],
    rows,
    notes: [
      `simulated: a lane of ${STORM_LIMIT.max} a second at 0.97 of it; optimum: clairvoyant, on the same turns; medians over ${seeds.length} seeds`,
      `real run: ${real.rows} rows, ${real.sent} sent, ${real.late} of them after their deadline, most in any sliding second at the courier ${real.worstSecond}`,
      'of the real run FIFO, EDF and optimum are simulated over the same arrivals',
    ],
    raw,
  };
}
