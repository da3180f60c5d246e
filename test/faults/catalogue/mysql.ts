import { type Fault, live } from './fault.js';

/** C: MySQL, the truth. */
export const MYSQL = {
  F32: {
    injected: 'mariadbd killed under load',
    expected: '503 until it is back; nothing acknowledged is lost',
    invariants: ['I1'],
    shownBy: live('mysql', 'F32'),
  },
  F33: {
    injected: 'answers of the server lost and connections cut while commits are under way',
    expected: 'repeated under the unique keys: one row',
    invariants: ['I1', 'I3'],
    shownBy: live('mysql', 'F33'),
  },
  F34: {
    injected: 'transactions that deadlock',
    expected: 'the whole transaction is repeated',
    invariants: ['I14'],
    shownBy: [
      {
        file: 'test/integration/intake.test.ts',
        test: 'read every message once, open nothing twice, and settle their quarrels',
      },
    ],
    instead: 'two drains over the same after-sales in opposite order, in one process',
  },
  F35: {
    injected: 'rows locked by another session past the lock wait',
    expected: 'the whole transaction is given up and repeated, no half of it stays',
    invariants: ['I5', 'I7'],
    shownBy: live('mysql', 'F35'),
  },
  F36: {
    injected: 'no free connection in the pool',
    expected: '503 in time, not a hang',
    invariants: ['I1'],
    shownBy: [
      {
        file: 'test/integration/http/database-away.test.ts',
        test: 'a hundred events at once are all answered in time',
      },
    ],
    instead: 'the pool is held up by a frozen network, which no pool size helps against',
  },
  F37: {
    injected: 'mariadbd frozen (SIGSTOP)',
    expected: '503 within 2 s',
    invariants: ['I1'],
    shownBy: live('mysql', 'F37'),
  },
  F38: {
    injected: 'max_connections 10 and every connection cut',
    expected: 'recovers when connections are to be had',
    invariants: ['I1'],
    shownBy: live('mysql', 'F38'),
  },
  F39: {
    injected: 'disk full',
    expected: '503, no acknowledgement that is not durable',
    invariants: ['I1'],
    shownBy: live('disk', 'F39'),
  },
  F40: {
    injected: 'read_only=1, as on a former master',
    expected: '503, recovers when it is writable',
    invariants: ['I1'],
    shownBy: live('mysql', 'F40'),
  },
  F41: {
    injected: '40 connections killed at random under load',
    expected: 'as F33',
    invariants: ['I1', 'I3'],
    shownBy: live('mysql', 'F41'),
  },
  F42: {
    injected:
      'the next version is rolled out under load: it adds a column and an index to the busiest table, runs beside the old one, then alone; the old one is started again',
    expected: 'both go on; the old one, started on the newer schema, refuses with 78 and says why',
    invariants: ['I25'],
    shownBy: live('deploy', 'F42'),
    instead: 'there is one released version: the next one is a copy of it with one more migration',
  },
  F43: {
    injected: 'a reader that never ends holds up the ALTER',
    expected: 'the ALTER gives up after its wait, events are acknowledged meanwhile',
    invariants: ['I1'],
    shownBy: live('mysql', 'F43'),
  },
  F44: {
    injected: 'the database restored from a backup of before the sends',
    expected: 'nothing is sent until every live waybill was asked for at its courier',
    invariants: ['I3', 'I9'],
    shownBy: live('restore', 'F44'),
  },
  F45: {
    injected: 'ids of 19 digits, four-byte characters',
    expected: 'kept to the byte',
    invariants: ['I23'],
    shownBy: [
      { file: 'test/integration/intake.test.ts', test: 'are taken in with ids to the last digit' },
      { file: 'test/integration/http/intake.test.ts', test: 'is kept with its very bytes' },
    ],
    instead: 'order by id is used nowhere on the path; ids are drawn, not counted',
  },
} as const satisfies Record<string, Fault>;
