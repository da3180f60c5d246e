import { type Fault, live, type Shown } from './fault.js';

/** What every courier's adapter is put through, by tables of cases (test/contract/carrier-contract.ts). */
const contract = (file: 'fault' | 'send', test: string): Shown => ({
  file: `test/contract/carrier-cases-${file}.ts`,
  test,
});

/** D: the courier, the second truth. */
export const COURIER = {
  F46: {
    injected: 'connections refused; names that do not resolve, TLS that fails',
    expected: 'not sent for sure: tried again, the breaker opens, no answer counts as lost',
    invariants: ['I9'],
    shownBy: [...live('courier', 'F46'), { file: 'test/contract/http-stage.test.ts', test: ' may be sent again`' }],
  },
  F47: {
    injected: 'the order is read and nothing is done or answered',
    expected: 'asked twice, proved absent, sent again under the same request id',
    invariants: ['I3', 'I9', 'I10'],
    shownBy: live('courier', 'F47'),
  },
  F48: {
    injected: 'the order is accepted, the answer never comes',
    expected: 'asked, adopted: one order, one fee',
    invariants: ['I3', 'I5', 'I9'],
    shownBy: live('courier', 'F48'),
  },
  F49: {
    injected: 'accepted, then reset, cut in half, an empty 200, cut after 40 bytes',
    expected: 'as F48',
    invariants: ['I3', 'I5', 'I9'],
    shownBy: live('courier', 'F49'),
  },
  F50: {
    injected: 'the order takes effect 4 s after our timeout; until then the courier knows nothing of it',
    expected: 'the settling time is longer than that: found before it is sent again',
    invariants: ['I3'],
    shownBy: live('courier', 'F50'),
  },
  F51: {
    injected: 'the courier forgets request ids and takes second orders',
    expected: 'one order all the same: we prevent it, not the courier',
    invariants: ['I3', 'I9'],
    shownBy: live('courier', 'F51'),
  },
  F52: {
    injected: '429 with seconds, a date, nonsense or a negative number to wait',
    expected: 'honoured within bounds; the lane slows down',
    invariants: ['I19'],
    shownBy: [
      ...live('courier', 'F52'),
      { file: 'test/integration/send.test.ts', test: 'that the courier puts off is put off by minutes at most' },
      contract('fault', 'HTTP 429 is throttling, for as long as Retry-After says'),
    ],
  },
  F53: {
    injected: 'every call answered 503',
    expected: 'the breaker opens, single calls try, the nearest deadline goes first afterwards',
    invariants: ['I11'],
    shownBy: live('courier', 'F53'),
  },
  F54: {
    injected: 'an answer of one byte a second',
    expected: 'cut at the deadline of the whole call, asked',
    invariants: ['I3'],
    shownBy: live('courier', 'F54'),
  },
  F55: {
    injected: '100 MB of answer; compressed answers',
    expected: 'cut at 1 MiB, asked',
    invariants: ['I3'],
    shownBy: [
      ...live('courier', 'F55'),
      contract('fault', 'an answer nobody can read leaves the outcome of a write open'),
    ],
  },
  F56: {
    injected: 'an HTML page with status 200; other characters, other charsets',
    expected: 'not believed, asked',
    invariants: ['I3'],
    shownBy: [
      ...live('courier', 'F56'),
      contract('fault', 'an answer nobody can read leaves the outcome of a write open'),
      { file: 'test/contract/http-sender.test.ts', test: 'are read by their charset' },
    ],
  },
  F57: {
    injected: 'the answer is about another waybill',
    expected: 'not applied',
    invariants: ['I3'],
    shownBy: [
      contract('send', 'calls at the same time do not mix: each gets the answer to its own waybill'),
      { file: 'test/unit/carriers/sf-answers.test.ts', test: "toBe('contract_broken')" },
    ],
    instead: 'only some couriers name the waybill in an answer; where they do, its reader compares it',
  },
  F58: {
    injected: 'success with a failing text, unknown codes, numbers as text',
    expected: 'never a success that is none',
    invariants: ['I5'],
    shownBy: [
      contract('send', 'a code nobody documented is never a success'),
      contract('send', 'what only looks like a success is not accepted'),
    ],
  },
  F59: {
    injected: 'pushes twice, out of order, before the answer, about orders that are not ours',
    expected: 'the same end in whichever order',
    invariants: ['I14'],
    shownBy: [
      ...live('courier', 'F59'),
      { file: 'test/integration/words.test.ts', test: 'about an order that was never sent is nobody’s' },
      { file: 'test/integration/words.test.ts', test: 'settles an order whose answer was lost' },
    ],
  },
  F60: {
    injected: 'a redirect to another host',
    expected: 'not followed, asked',
    invariants: ['I3'],
    shownBy: [...live('courier', 'F60'), contract('fault', 'a redirect is neither followed nor an answer')],
  },
} as const satisfies Record<string, Fault>;
