import { type Fault, live } from './fault.js';

/** G: agreeing a refund, the one call that pays (R73): the platform is a second truth as the courier is. */
export const REFUNDS = {
  F73: {
    injected: 'worker killed after it claimed a refund’s call, before the first byte',
    expected: 'read back, never sent: nobody can prove that nothing left. A person is told and settles it',
    invariants: ['R73'],
    shownBy: live('refund', 'F73'),
  },
  F74: {
    injected: 'worker killed after the agreement was written, before the answer',
    expected: 'read back and confirmed, never agreed again',
    invariants: ['R73'],
    shownBy: live('refund', 'F74'),
  },
  F75: {
    injected: 'worker killed after the platform’s yes, before its commit',
    expected: 'read back and confirmed, never agreed again',
    invariants: ['R73'],
    shownBy: live('refund', 'F75'),
  },
  F76: {
    injected: 'the platform’s answer lost: reset after it agreed, silence after it did or did not',
    expected: 'read back: agreed once, for the exact amount, or never; what it never shows goes to a person',
    invariants: ['R73'],
    shownBy: live('refund', 'F76'),
  },
} as const satisfies Record<string, Fault>;
