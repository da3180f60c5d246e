import type { AfterSaleFacts } from '../aftersale/after-sale.js';
import type { Reason } from '../reasons.js';
import type { RefundEvent, RefundOperation } from './machine.js';

/** When an answer that was lost is first asked for at the platform, ms. */
export const LOST_FIRST_MS = 1_000;
/** When a yes is first read back, ms: the platform's own message about it usually comes before, and saves the reads. */
export const YES_FIRST_MS = 5_000;
/** So long nobody could prove it: a person is told, and it is read back all the same, ms. */
const DOUBT_AFTER_MS = 15 * 60_000;

const READS = [
  { untilMs: 60_000, everyMs: 5_000 },
  { untilMs: DOUBT_AFTER_MS, everyMs: 60_000 },
  { untilMs: Number.POSITIVE_INFINITY, everyMs: 10 * 60_000 },
] as const;

/** How long until a decision that old is read back again, ms. */
export function nextReadMs(ageMs: number): number {
  return READS.find(({ untilMs }) => ageMs < untilMs)?.everyMs ?? DOUBT_AFTER_MS;
}

interface Sent {
  readonly operation: RefundOperation;
  readonly state: string;
  readonly reason: Reason;
  readonly amountFen: number | null;
  readonly calledAt: Date | null;
  readonly updatedAt: Date;
}

type Meaning = 'done' | 'otherwise' | 'open';

/** What the platform's state says of a decision; `open`: nothing yet. */
function meaningOf({ operation, amountFen }: Sent, { status, refundAmountFen }: AfterSaleFacts): Meaning {
  const otherAmount = refundAmountFen !== undefined && refundAmountFen !== amountFen;
  switch (status) {
    case 'agreed':
    case 'paid':
      return operation === 'agree' && !otherAmount ? 'done' : 'otherwise';
    case 'refused':
      return operation === 'reject' ? 'done' : 'otherwise';
    case 'closed':
      // A rejected after-sale that the buyer then closed is settled as well; an agreed one cannot be closed without a word.
      return operation === 'reject' ? 'done' : 'otherwise';
    default:
      return 'open';
  }
}

/**
 * What is made of a decision that may have reached the platform: its after-sale is the only witness (G6, G7). `look`: what
 * is known is from before the call, or says nothing yet. It is never sent again, however long nothing is said. Pure.
 */
export function readBack(
  sent: Sent,
  afterSale: AfterSaleFacts,
  knownAt: Date,
  now: Date,
): 'look' | { readonly event: Extract<RefundEvent, 'confirm' | 'contradict' | 'doubt'>; readonly reason: Reason } {
  const calledAt = sent.calledAt ?? sent.updatedAt;
  const meaning = knownAt > calledAt ? meaningOf(sent, afterSale) : 'open';
  if (meaning === 'done') {
    return { event: 'confirm', reason: sent.operation === 'agree' ? 'refund_agreed' : 'refund_rejected' };
  }
  if (meaning === 'otherwise') return { event: 'contradict', reason: 'refund_contradicted' };
  const doubted = sent.reason === 'refund_never_proved';
  if (!doubted && now.getTime() - calledAt.getTime() >= DOUBT_AFTER_MS) {
    return { event: 'doubt', reason: 'refund_never_proved' };
  }
  return 'look';
}
