import { type Fault, live } from './fault.js';

/** A: processes that die, freeze, are told to go, or come twice. */
export const PROCESSES = {
  F1: {
    injected: 'web killed after the body was read, before the inbox commit',
    expected: 'the platform sees a cut connection and tells again; one row at the end',
    invariants: ['I1'],
    shownBy: live('intake-crash', 'F1'),
  },
  F2: {
    injected: 'web killed after the inbox commit, before the acknowledgement',
    expected: 'told again, it meets the unique key and is acknowledged',
    invariants: ['I1', 'I2'],
    shownBy: live('intake-crash', 'F2'),
  },
  F3: {
    injected: 'scheduler killed between the drained inbox and the hand-over to Redis',
    expected: 'another one hands it over within a sweep',
    invariants: ['I4'],
    shownBy: live('intake-crash', 'F3'),
  },
  F4: {
    injected: 'scheduler killed after the row was marked, before and after its job was added',
    expected: 'a row without a job is handed over anew under another number, one with a job runs',
    invariants: ['I3', 'I4'],
    shownBy: live('intake-crash', 'F4'),
  },
  F5: {
    injected: 'worker killed before the commit of its claim',
    expected: 'nothing had left: the next owner sends',
    invariants: ['I3', 'I8'],
    shownBy: live('worker-crash', 'F5'),
  },
  F6: {
    injected: 'worker killed after its claim, before the first byte',
    expected: 'lease runs out, asked twice, proved absent, sent once under the same request id',
    invariants: ['I3', 'I9', 'I10'],
    shownBy: live('worker-crash', 'F6'),
  },
  F7: {
    injected: 'worker killed after the request was written, before the answer',
    expected: 'asked, adopted, never sent again',
    invariants: ['I3', 'I9'],
    shownBy: live('worker-crash', 'F7'),
  },
  F8: {
    injected: 'worker killed after the answer, before its commit',
    expected: 'asked, adopted, never sent again',
    invariants: ['I3', 'I9'],
    shownBy: live('worker-crash', 'F8'),
  },
  F9: {
    injected: 'killed between the successful state and its fee',
    expected: 'impossible: one transaction; both or none',
    invariants: ['I5'],
    shownBy: [
      ...live('phases', 'F9'),
      { file: 'test/integration/intercept-store.test.ts', test: 'books the fee with the stop, once' },
    ],
    instead: 'no commit lies between; killed before and after the commit that holds both',
  },
  F10: {
    injected: 'the worker of the same order killed again and again',
    expected: 'each time asked before it is sent again; at the fifth lost send a person takes over',
    invariants: ['I9', 'I17'],
    shownBy: [{ file: 'test/integration/probe.test.ts', test: 'lost for the fifth time' }],
    instead: 'ten crashes would take five minutes: the database is given the history of four lost sends',
  },
  F11: {
    injected: 'worker stopped past its lease in the tick before the first byte, then continued',
    expected: 'the new owner sends; the old one looks at its lease once more and writes nothing',
    invariants: ['I3', 'I13'],
    shownBy: live('worker-crash', 'F11'),
  },
  F12: {
    injected: 'worker stopped past its lease during the send, then continued',
    expected: 'the new owner asks and does not send; the late answer is kept, not applied',
    invariants: ['I3', 'I13'],
    shownBy: live('worker-crash', 'F12'),
  },
  F13: {
    injected: 'event loop of a worker blocked for 10 s, past lock and lease',
    expected: 'as F12',
    invariants: ['I3', 'I13'],
    shownBy: live('worker-crash', 'F13'),
  },
  F14: {
    injected: 'a worker runs out of memory',
    expected: 'it dies, another one takes its work over, others go on',
    invariants: ['I3', 'I17'],
    shownBy: live('process', 'F14'),
    instead: 'the memory is eaten inside the process: no payload can, they are bounded (http/intake.test.ts)',
  },
  F15: {
    injected: 'SIGTERM under load',
    expected:
      'no new job, answers of orders under way are recorded, every request that was read is answered, ended within 25 s with code 0; a second signal ends it at once',
    invariants: ['I20'],
    shownBy: [
      ...live('process', 'F15'),
      { file: 'test/e2e/crash-and-loss.test.ts', test: 'SIGTERM ends a worker in order' },
      { file: 'test/e2e/web-door.test.ts', test: 'answers everything it has read' },
    ],
  },
  F16: {
    injected: 'SIGTERM, then SIGKILL before the end',
    expected: 'as kill -9',
    invariants: ['I20'],
    shownBy: live('process', 'F16'),
  },
  F17: {
    injected: 'an unhandled rejection, an uncaught exception',
    expected: 'the process ends with 1 and is started again',
    invariants: ['I3'],
    shownBy: live('process', 'F17'),
  },
  F18: {
    injected: 'three schedulers and two workers at once',
    expected: 'rows are shared (SKIP LOCKED), nothing is doubled',
    invariants: ['I2', 'I3'],
    shownBy: live('intake-crash', 'F18'),
  },
} as const satisfies Record<string, Fault>;
