import type { LedgerEntry, Verdict } from '../frame/ledger-entry.js';
import type { CallLine } from '../frame/twin.js';
import type { Refund, RefundBook } from './refund.js';

export type Decision = 'agreed' | 'refused';

/**
 * What sellers decided over the wire. A refund is decided while it waits for the seller, and once: what is paid stands in
 * the ledger with its amount, and a second agreement shows as `repeated`.
 */
export class Decisions {
  readonly #paid = new Map<string, number>();

  /** `paidAtOnce`: the platform says paid where others say agreed. */
  constructor(
    readonly book: RefundBook,
    readonly paidAtOnce = false,
  ) {}

  /** Decides, and says what becomes of the call's ledger line; anything but `accepted` has done nothing. */
  take(refund: Refund, decision: Decision, at: number): CallLine {
    const line = { waybillNo: refund.refundId, requestId: refund.refundId };
    const verdict: Verdict = this.#paid.has(refund.refundId) ? 'repeated' : 'refused';
    if (refund.status !== 'open' || refund.type !== 'refund_only') return { ...line, verdict };
    this.#do(refund, decision, at);
    return { ...line, verdict: 'accepted', facts: { decision, refundFen: refund.refundFen } };
  }

  /** For how many refunds money was paid, and how much, fen. */
  get paid(): { readonly refunds: number; readonly fen: number } {
    const amounts = [...this.#paid.values()];
    return { refunds: amounts.length, fen: amounts.reduce((sum, fen) => sum + fen, 0) };
  }

  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call' || entry.verdict !== 'accepted') return;
    const decision = entry.facts?.decision;
    const refund = this.book.get(entry.requestId ?? '');
    if (refund !== undefined && (decision === 'agreed' || decision === 'refused')) this.#do(refund, decision, entry.at);
  }

  #do(refund: Refund, decision: Decision, at: number): void {
    this.book.change(refund, { status: decision === 'agreed' && this.paidAtOnce ? 'paid' : decision }, at);
    if (decision === 'agreed') this.#paid.set(refund.refundId, refund.refundFen);
  }
}
