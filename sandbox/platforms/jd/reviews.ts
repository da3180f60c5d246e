import { z } from 'zod';
import type { ControlRoute } from '../../frame/control.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import type { TwinContext } from '../../frame/twin.js';
import type { Refund } from '../../refunds/refund.js';
import { REPLY } from './gateway.js';
import { type JdPopSwitches, OUTCOMES } from './options.js';
import { INTERCEPTING, OUTCOME_STATUS, STATUS_WORD } from './words.js';

/** What the seller said of a refund, and what is to become of the stop he asked for. All facts of it are in the ledger. */
const REVIEW = z.object({
  refundId: z.string(),
  /** The refund's version that was reviewed: its time of change, which may lie a little ahead. */
  version: z.number(),
  status: z.int(),
  outcome: z.enum(OUTCOMES),
  outcomeAfterMs: z.number().nonnegative(),
});
export type Review = z.output<typeof REVIEW>;

/** 审核通过. */
const PASSED = 1;

const OUTCOME = REVIEW.omit({ status: true, version: true }).strict();

/** Where the review of a refund stands at one moment, in JD's words. Times are unix ms. */
export interface Standing {
  readonly status: number;
  readonly checkedAtMs: number | null;
  readonly modifiedAtMs: number;
}

/** The reviews that were given over the wire, beside the refunds of the control API. */
export class Reviews {
  readonly #given = new Map<string, Review & { readonly at: number }>();
  readonly #outcomes = new Map<string, z.output<typeof OUTCOME>>();

  constructor(
    readonly context: TwinContext,
    readonly switches: JdPopSwitches,
  ) {}

  get routes(): readonly ControlRoute[] {
    return [
      {
        method: 'POST',
        path: '/_twin/outcomes',
        effect: 'change',
        handle: ({ body }) => {
          const given = z.array(OUTCOME).parse(body);
          for (const one of given) this.#outcomes.set(one.refundId, one);
          return { status: 201, body: { outcomes: this.#outcomes.size } };
        },
      },
    ];
  }

  /** The review that this call would be. A stop of goods that have not left never ends (R53). */
  reviewOf(refund: Refund, status: number): Review {
    const { refundId, parcels, updatedAtMs: version } = refund;
    const { outcome, outcomeAfterMs } = this.#outcomes.get(refundId) ?? this.switches.values;
    return { refundId, version, status, outcome: parcels.length === 0 ? 'never' : outcome, outcomeAfterMs };
  }

  give(review: Review, at: number): void {
    this.#given.set(review.refundId, { ...review, at });
  }

  /** A review counts until the refund itself moves on. The time of a review does not move with the end of its stop. */
  standing(refund: Refund, now: number): Standing {
    const review = this.#given.get(refund.refundId);
    if (review === undefined || refund.updatedAtMs > review.version) {
      const { status, updatedAtMs } = refund;
      const checkedAtMs = status === 'open' ? null : updatedAtMs;
      return { status: STATUS_WORD[status], checkedAtMs, modifiedAtMs: updatedAtMs };
    }
    const { at, status, outcome } = review;
    const endsAt = at + this.context.clock.scaled(review.outcomeAfterMs);
    const ended = status === INTERCEPTING && outcome !== 'never' && now >= endsAt;
    if (!ended) return { status, checkedAtMs: at, modifiedAtMs: at };
    return { status: OUTCOME_STATUS[outcome], checkedAtMs: at, modifiedAtMs: endsAt };
  }

  /** Refunds that were agreed with a stop. */
  get stopsAsked(): number {
    return [...this.#given.values()].filter(({ status }) => status === INTERCEPTING).length;
  }

  /** Refunds that were agreed, with a stop or without, and what they come to, fen. */
  paid(amountOf: (refundId: string) => number): { readonly refunds: number; readonly fen: number } {
    const agreed = [...this.#given.values()].filter(({ status }) => status === PASSED || status === INTERCEPTING);
    return { refunds: agreed.length, fen: agreed.reduce((sum, { refundId }) => sum + amountOf(refundId), 0) };
  }

  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'call' || entry.endpoint !== REPLY || entry.verdict !== 'accepted') return;
    this.give(REVIEW.parse(entry.facts), entry.at);
  }
}
