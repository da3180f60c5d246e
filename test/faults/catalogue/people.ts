import { type Fault, live } from './fault.js';

/** E: what is told to us, time, load, people. */
export const PEOPLE = {
  F61: {
    injected: 'the same event a thousand times at once',
    expected: 'one row, acknowledged each time, one order',
    invariants: ['I1', 'I2', 'I3'],
    shownBy: live('intake-crash', 'F61'),
  },
  F62: {
    injected: 'events in any order, with gaps and repeats',
    expected: 'the same end',
    invariants: ['I14'],
    shownBy: [
      { file: 'test/unit/aftersale-merge.test.ts', test: 'does not depend on the order' },
      { file: 'test/unit/aftersale-merge.test.ts', test: 'changes nothing when the same comes again' },
      { file: 'test/integration/judging.test.ts', test: 'is the same in whichever order the scans arrive' },
    ],
    instead: 'all orders of generated events in one process: thousands instead of a few',
  },
  F63: {
    injected: 'forged, missing, empty, foreign and old signatures',
    expected: '401, no trace but a count; an old genuine one changes nothing',
    invariants: ['I15'],
    shownBy: [
      { file: 'test/contract/platform-cases-push.ts', test: 'what is not from the platform is not verified' },
      { file: 'test/integration/http/intake.test.ts', test: 'forged a hundred times gives one log line' },
      { file: 'test/integration/http/intake.test.ts', test: 'delivered twice, at once and later, is one row' },
    ],
    instead: 'every platform’s adapter gets the vectors; the whole product would show one of them',
  },
  F64: {
    injected: 'broken HTTP, bodies too large, compressed, with other characters',
    expected: 'refused, the connection freed',
    invariants: ['I15'],
    shownBy: [
      { file: 'test/integration/http/intake.test.ts', test: 'of exactly 64 KiB is taken, one byte more is 413' },
      { file: 'test/integration/http/intake.test.ts', test: 'that is compressed is 415' },
      { file: 'test/contract/platform-cases-push.ts', test: 'whatever bytes come, checking and cutting throw nothing' },
    ],
    instead: 'one web process is enough',
  },
  F65: {
    injected: 'a message that breaks its reader',
    expected: 'dead after five tries, the others go on, replay works',
    invariants: ['I17'],
    shownBy: [
      {
        file: 'test/integration/intake.test.ts',
        test: 'is put off while the rest of its page goes on, and is dead after five tries',
      },
      { file: 'test/integration/intake.test.ts', test: 'does not hold up the ninety-nine others of its page' },
      { file: 'test/integration/http/batches.test.ts', test: 'lets a dead letter be read anew, once, audited' },
    ],
    instead: 'a reader with a bug has to be put in; no message of ours breaks one',
  },
  F66: {
    injected: 'a sale day: far more refunds than the lane can send',
    expected: 'nearest deadline first, what cannot make it is left out and ends honestly',
    invariants: ['I11', 'I24'],
    shownBy: [
      { file: 'test/unit/domain/storm.test.ts', test: 'saves more money than the optimum' },
      { file: 'test/integration/dispatch.test.ts', test: 'stay in MySQL but for a small window' },
    ],
    instead: 'a storm of its size takes minutes: bench/storm runs it, the nemesis keeps up 100 events/s',
  },
  F67: {
    injected: 'one shop floods',
    expected: 'the small ones get their turn',
    invariants: ['I18'],
    shownBy: [{ file: 'test/integration/window.test.ts', test: 'gives small shops their turn beside a flood' }],
    instead: 'shares are a matter of the window, which one process fills',
  },
  F68: {
    injected: 'a worker whose clock is 10 minutes ahead, or an hour behind',
    expected: 'leases are the database’s time: nothing is taken over early',
    invariants: ['I3', 'I13'],
    shownBy: live('process', 'F68'),
    instead: 'Date is shifted inside the process, which is all that libfaketime moves in Node; it needs no package',
  },
  F69: {
    injected: 'times without a zone, midnight, summer time elsewhere',
    expected: 'read as Asia/Shanghai, kept as UTC',
    invariants: ['I11'],
    shownBy: [
      { file: 'test/unit/carriers/yto-codes.test.ts', test: 'is the time of China, with or without' },
      { file: 'test/unit/carriers/yunda-answers.test.ts', test: 'is a list of steps with the time of China' },
    ],
    instead: 'a matter of reading one text',
  },
  F70: {
    injected: 'an operator clicks twice, two at once, from Bull Board',
    expected: 'the same guards as for machines; Bull Board is read-only',
    invariants: ['I3', 'I22'],
    shownBy: [
      { file: 'test/integration/replay.test.ts', test: 'done twice does nothing twice, by two runners at once' },
      { file: 'test/integration/http/bull-board.test.ts', test: 'has left the queue as it was' },
    ],
    instead: 'one web process is enough',
  },
  F71: {
    injected: 'another SECRET_KEY than the one the secrets were sealed with',
    expected: 'a start in production is refused',
    invariants: ['I21'],
    shownBy: [
      { file: 'test/integration/cli.test.ts', test: 'names another SECRET_KEY, and a start in production is refused' },
    ],
  },
  F72: {
    injected: 'nobody reads the log: its pipe is full',
    expected: 'lines are dropped and counted, sends go on',
    invariants: ['I24'],
    shownBy: [
      ...live('process', 'F72'),
      { file: 'test/unit/log-output.test.ts', test: 'drops and counts what a full disk refuses' },
    ],
  },
} as const satisfies Record<string, Fault>;
