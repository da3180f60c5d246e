import { type Fault, live } from './fault.js';

/** H: the lines between the product and what it depends on. */
export const NETWORK = {
  F77: {
    injected:
      'each line (Redis, MySQL, courier) late, narrow, slow to close, reset, in slices, silent, cut after some bytes',
    expected: 'orders go on under what only delays, and by themselves after what cuts; none is lost or sent twice',
    invariants: ['I1', 'I3', 'I4', 'I9'],
    shownBy: live('toxics', 'F77'),
  },
} as const satisfies Record<string, Fault>;
