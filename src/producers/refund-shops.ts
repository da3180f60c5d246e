import { shopsWithRefunds, takeDueRefunds } from '../domain/store/refund-due-store.js';
import { type RefundDeps, workRefund } from './refund.js';

/**
 * Shops worked on at once; of one shop there is one decision at a time. Its calls share the shop's budget with the reads that
 * new refunds wait for, and must never crowd them out: a refund can wait a second, a parcel on the road cannot.
 */
const SHOPS_AT_ONCE = 16;
/** Decisions of a shop taken up in one turn. */
const TAKEN = 8;

/** Turns the refunds that are due, each shop by itself: one whose platform hangs, or that has thousands, holds up no other. */
export class RefundShops {
  private readonly busy = new Map<string, Promise<void>>();
  /** When each shop's last turn began: who has waited longest is next. */
  private readonly turns = new Map<string, number>();
  private stopping = false;

  /** `onFree`: a shop has ended its turn and may have more. */
  constructor(private readonly onFree: () => void) {}

  /** Begins on shops that have decisions due, and ends before they do. Returns how many it began on. */
  async start(deps: RefundDeps): Promise<number> {
    const due = await shopsWithRefunds(deps.db, deps.now());
    if (this.stopping) return 0;
    const lastOf = (shopId: string) => this.turns.get(shopId) ?? 0;
    const next = due
      .filter((shopId) => !this.busy.has(shopId))
      .sort((a, b) => lastOf(a) - lastOf(b))
      .slice(0, SHOPS_AT_ONCE - this.busy.size);
    for (const shopId of next) {
      this.turns.set(shopId, performance.now());
      this.busy.set(shopId, this.turn(deps, shopId));
    }
    return next.length;
  }

  private async turn(deps: RefundDeps, shopId: string): Promise<void> {
    const failed = (error: unknown) =>
      deps.log('refund.failed', { shop: shopId, why: error instanceof Error ? error.message : String(error) });
    let taken = 0;
    try {
      const due = await takeDueRefunds(deps.db, shopId, TAKEN, deps.now());
      taken = due.length;
      // What is left lying when this process stops, or failed, is due again by itself.
      for (const one of due) if (!this.stopping) await workRefund(deps, one).catch(failed);
    } catch (error) {
      failed(error);
    }
    this.busy.delete(shopId);
    if (taken > 0 && !this.stopping) this.onFree();
  }

  /** Waits until no shop is being worked on. */
  async idle(): Promise<void> {
    await Promise.all(this.busy.values());
  }

  /** Ends after the decisions under way. */
  stop(): Promise<void> {
    this.stopping = true;
    return this.idle();
  }
}
