import { median } from '../random.js';
import { runChild } from '../rig/child.js';
import type { Findings } from '../rig/report.js';
import type { BenchServices } from '../rig/services.js';
import type { LimiterRun } from './process.js';

const LIMITS = [
  { max: 20, perMs: 1_000 },
  { max: 200, perMs: 1_000 },
] as const;
const PROCESSES = [1, 2, 4] as const;

/** The most moments in any sliding window of that length, µs. */
export function mostWithin(moments: readonly number[], windowUs: number): number {
  let most = 0;
  let first = 0;
  for (const [i, at] of moments.entries()) {
    while (at - (moments[first] ?? at) >= windowUs) first += 1;
    most = Math.max(most, i - first + 1);
  }
  return most;
}

/** The real limiter under full load from several processes: how many in the worst sliding period, and how much is used. */
export async function benchLimiter(services: BenchServices, small: boolean): Promise<Findings> {
  const rounds = small ? 1 : 3;
  const forMs = small ? 8_000 : 20_000;
  const raw: { limit: string; processes: number; round: number; worst: number; use: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const limit of LIMITS) {
      for (const processes of PROCESSES) {
        const run: LimiterRun = {
          redisUrl: services.redisUrl,
          lane: `zto-limiter-${limit.max}-${processes}-${round}`,
          ...limit,
          startAt: Date.now() + 1_500,
          forMs,
          takers: 10,
        };
        const all = await Promise.all(
          Array.from({ length: processes }, () => runChild<number[]>('limiter/process.js', run)),
        );
        const moments = all.flat().sort((a, b) => a - b);
        const spanMs = ((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / 1_000;
        raw.push({
          limit: `${limit.max} / ${limit.perMs} ms`,
          processes,
          round,
          worst: mostWithin(moments, limit.perMs * 1_000),
          use: (moments.length - 1) / ((spanMs / limit.perMs) * limit.max),
        });
      }
    }
  }
  const groups = LIMITS.flatMap((limit) => PROCESSES.map((n) => [`${limit.max} / ${limit.perMs} ms`, n] as const));
  return {
    bench: 'limiter',
    columns: ['limit', 'processes', 'most in any sliding period', 'use of the limit (median)', 'least'],
    rows: groups.map(([limit, processes]) => {
      const runs = raw.filter((r) => r.limit === limit && r.processes === processes);
      const uses = runs.map((r) => r.use);
      return [limit, processes, Math.max(...runs.map((r) => r.worst)), median(uses), Math.min(...uses)];
    }),
    notes: [
      `${rounds} interleaved rounds of ${forMs / 1_000} s, 10 takers a process, after the limiter's first quiet period`,
    ],
    raw,
  };
}
