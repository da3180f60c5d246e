import type { Invariant } from '../../src/domain/invariants.js';
import type { HISTORY_CHECKS } from '../support/history.js';
import type { Shown } from './catalogue/fault.js';

/** One promise, the checks that look for its breach, and the tests that break it on purpose to see the check report. */
interface Promised {
  readonly says: string;
  /** Checks of `jiejian verify`, run hourly in production and after every fault. */
  readonly verify?: readonly Invariant[];
  /** Checks of the three histories, run after every fault. */
  readonly histories?: readonly (keyof typeof HISTORY_CHECKS)[];
  /** What neither can see: a test of its own, which fails when the promise is broken. */
  readonly tests?: readonly Shown[];
}

/** The invariants by number. Each check of `verify` and of the histories has a test that breaks it on purpose. */
export const PROMISES: Readonly<Record<`I${number}`, Promised>> = {
  I1: { says: 'What was acknowledged is kept, durably', histories: ['I1_acknowledged_is_kept'] },
  I2: { says: 'A parcel has at most one live intercept', verify: ['I2_one_live'] },
  I3: { says: 'The courier takes at most one order of an intercept', histories: ['I3_accepted_once'] },
  I4: { says: 'After any loss of Redis what is due has a job again within 30 s', histories: ['I4_due_has_job'] },
  I5: {
    says: 'A fee stands if and only if the parcel was stopped, at the tariff of its day',
    verify: ['I5_fee_iff_stopped', 'I5_tariff_amount', 'I5_fee_without_intercept'],
    histories: ['I5_fee_iff_turned_around'],
  },
  I6: { says: 'No fee is ever changed or deleted', verify: ['I6_append_only', 'I6_reversal'] },
  I7: { says: 'A state moves along the machine’s edges only, version by version', verify: ['I7_history'] },
  I8: {
    says: 'Before a byte of an order leaves, its attempt is committed',
    verify: ['I8_claim_before_send'],
    histories: ['I8_attempt_before_send'],
  },
  I9: {
    says: 'An order is never repeated while an earlier one may have been taken',
    verify: ['I9_unresolved_sends', 'I9_resend'],
    histories: ['I9_proof_before_resend'],
  },
  I10: { says: 'All sends of a round bear one request id', verify: ['I10_request_id'], histories: ['I10_request_id'] },
  I11: { says: 'No order starts after its deadline', histories: ['I11_in_time'] },
  I12: {
    says: 'Nothing stays open for ever without a person who knows of it',
    verify: ['I12_before_send', 'I12_lease', 'I12_uncertain', 'I12_outcome'],
  },
  I13: { says: 'An owner that is no longer the current one changes nothing', verify: ['I13_epoch'] },
  I14: {
    says: 'The same facts in any order, any number of times, end in the same place',
    tests: [
      { file: 'test/unit/aftersale-merge.test.ts', test: 'does not depend on the order' },
      { file: 'test/integration/judging.test.ts', test: 'is the same in whichever order the scans arrive' },
    ],
  },
  I15: {
    says: 'What is not signed leaves no trace but a count',
    tests: [{ file: 'test/integration/http/intake.test.ts', test: 'forged a hundred times gives one log line' }],
  },
  I16: {
    says: 'A withdrawal stops what is unsent, and asks the courier about what was sent',
    tests: [
      { file: 'test/integration/cases.test.ts', test: '27: a withdrawal before the send ends it' },
      { file: 'test/integration/judging.test.ts', test: 'asks for the cancel when the last refund is withdrawn' },
    ],
  },
  I17: {
    says: 'What breaks us holds up nobody else',
    tests: [{ file: 'test/integration/intake.test.ts', test: 'is put off while the rest of its page goes on' }],
  },
  I18: {
    says: 'A courier that is down slows down no other',
    tests: [
      { file: 'test/integration/head-of-the-line.test.ts', test: 'do not keep the one behind them from being sent' },
    ],
  },
  I19: { says: 'The rate of a lane is never exceeded', histories: ['I19_rate'] },
  I20: {
    says: 'SIGTERM loses nothing and ends within 25 s',
    tests: [
      { file: 'test/faults/process.test.ts', test: 'F15: SIGTERM in the middle of a burst' },
      { file: 'test/e2e/web-door.test.ts', test: 'answers everything it has read' },
    ],
  },
  I21: {
    says: 'No secret and no personal data in Redis, logs, pages',
    tests: [
      { file: 'test/integration/dispatch.test.ts', test: 'with nothing about the parcel in it (I21)' },
      { file: 'test/contract/carrier-cases-fault.ts', test: 'no secret is in a fault' },
    ],
  },
  I22: {
    says: 'What a person does is in the audit chain',
    tests: [{ file: 'test/integration/audit-store.test.ts', test: 'shows a row that was removed from the middle' }],
  },
  I23: { says: 'Ids are the same to the byte from end to end', histories: ['I23_ids'] },
  I24: {
    says: 'From event to first byte: p99 2 s at the rated load',
    tests: [{ file: 'bench/latency/run.ts', test: 'p99' }],
  },
  I25: {
    says: 'Old and new code run together while the next version is rolled out, on its schema',
    tests: [{ file: 'test/faults/deploy.test.ts', test: 'F42' }],
  },
};
