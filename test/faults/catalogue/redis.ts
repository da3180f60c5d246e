import { type Fault, live } from './fault.js';

/** B: Redis, which may forget everything at any moment. */
export const REDIS = {
  F19: {
    injected: 'Redis restarted with its append-only file',
    expected: 'workers reconnect by themselves',
    invariants: ['I4', 'I19'],
    shownBy: live('redis', 'F19'),
  },
  F20: {
    injected: 'Redis killed and started empty',
    expected: 'rebuilt from MySQL',
    invariants: ['I4', 'I19'],
    shownBy: live('redis', 'F20'),
  },
  F21: {
    injected: 'FLUSHALL with waiting and active jobs',
    expected: 'rebuilt from MySQL; the rate holds although its memory is gone',
    invariants: ['I4', 'I19'],
    shownBy: [
      ...live('redis', 'F21'),
      { file: 'test/integration/limiter.test.ts', test: 'stay within the limit when Redis forgets them in the middle' },
    ],
  },
  F22: {
    injected: 'the lists of what waits and the locks deleted',
    expected: 'found missing, handed over anew',
    invariants: ['I4'],
    shownBy: live('redis', 'F22'),
  },
  F23: {
    injected: 'SCRIPT FLUSH',
    expected: 'scripts are sent again',
    invariants: ['I4'],
    shownBy: live('redis', 'F23'),
  },
  F24: {
    injected: 'maxmemory 1mb under noeviction',
    expected: 'adds are refused, events acknowledged; goes on when there is room',
    invariants: ['I1', 'I4'],
    shownBy: live('redis', 'F24'),
  },
  F25: {
    injected: 'maxmemory-policy allkeys-lru',
    expected: 'a start in production is refused, doctor says why',
    invariants: ['I4'],
    shownBy: [
      {
        file: 'test/integration/cli.test.ts',
        test: 'names a Redis that drops jobs, and a start in production is refused',
      },
    ],
  },
  F26: {
    injected: 'REPLICAOF: writes answer READONLY, later NO ONE',
    expected: 'workers go on without a restart',
    invariants: ['I4'],
    shownBy: live('redis', 'F26'),
  },
  F27: {
    injected: 'an old copy of the append-only file comes back: done jobs rise again, new ones are gone',
    expected: 'the claim finds the row elsewhere and skips; lost rows are handed over anew',
    invariants: ['I3', 'I4'],
    shownBy: live('redis', 'F27'),
  },
  F28: {
    injected: 'Redis frozen (SIGSTOP)',
    expected: 'events are acknowledged within 1 s, sends go on afterwards',
    invariants: ['I1', 'I24'],
    shownBy: live('redis', 'F28'),
  },
  F29: {
    injected: 'network to Redis: 300 ms late, one byte a piece, reset each second, black hole',
    expected: 'half-open connections are replaced, no worker stays deaf',
    invariants: ['I4'],
    shownBy: live('redis', 'F29'),
  },
  F30: {
    injected: 'Redis away when the product starts',
    expected: 'web starts and acknowledges; the rest goes on when Redis comes',
    invariants: ['I1'],
    shownBy: live('redis', 'F30'),
  },
  F31: {
    injected: 'another password',
    expected: 'refused without a hot loop and without a secret in the log',
    invariants: ['I21'],
    shownBy: live('redis', 'F31'),
  },
} as const satisfies Record<string, Fault>;
