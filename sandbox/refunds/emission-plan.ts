import { z } from 'zod';
import type { Clock } from '../frame/clock.js';
import type { Random } from '../frame/random.js';
import { REFUND_EVENT_NAMES, type RefundEvent } from './refund.js';

const SHARE = z.number().min(0).max(1).default(0);
const LATEST_COPY_MS = 2_000;

/** The body of `POST /_twin/emit`, the same at every platform twin. */
export const EMIT = z.strictObject({
  /** Where a platform that pushes posts to; one with a socket or without any push ignores it. */
  targetUrl: z.url({ protocol: /^https?$/ }).optional(),
  events: z.array(
    z.strictObject({
      refundId: z.string(),
      event: z.enum(REFUND_EVENT_NAMES).default('created'),
      /** From the first event of the same refund; without it the event comes at the asked rate. */
      afterMs: z.number().nonnegative().optional(),
    }),
  ),
  ratePerSecond: z.number().positive().default(100),
  /** Share of the events told twice, and told up to `reorderMs` late. */
  duplicates: SHARE,
  reorder: SHARE,
  reorderMs: z.number().nonnegative().default(1_000),
  /** Sent with a wrong signature, where the platform signs. */
  sign: z.enum(['right', 'wrong']).default('right'),
});
export type EmitSpec = z.output<typeof EMIT>;
export type EmitInput = z.input<typeof EMIT>;

/** One message to come. Copies of one message share `source`. */
export interface PlannedMessage {
  readonly item: number;
  readonly source: number;
  /** From the start, real milliseconds. */
  readonly dueMs: number;
  readonly refundId: string;
  readonly event: RefundEvent;
}

/** Everything that will be told, from the seed alone, so that a restarted twin goes on with the rest of the same day. */
export function planEmission(spec: EmitSpec, random: Random, clock: Clock): readonly PlannedMessage[] {
  const firstDue = new Map<string, number>();
  let placed = 0;
  const messages = spec.events.map(({ refundId, event, afterMs }, source) => {
    let dueMs = (firstDue.get(refundId) ?? 0) + clock.scaled(afterMs ?? 0);
    if (afterMs === undefined) {
      dueMs = (placed / spec.ratePerSecond) * 1_000;
      placed += 1;
      if (!firstDue.has(refundId)) firstDue.set(refundId, dueMs);
    }
    const heldBackMs = random.chance(spec.reorder) ? clock.scaled(random.next() * spec.reorderMs) : 0;
    return { source, refundId, event, dueMs: dueMs + heldBackMs };
  });
  const copies = messages
    .filter(() => random.chance(spec.duplicates))
    .map((message) => ({ ...message, dueMs: message.dueMs + clock.scaled(random.int(0, LATEST_COPY_MS)) }));
  return [...messages, ...copies].sort((a, b) => a.dueMs - b.dueMs).map((message, item) => ({ ...message, item }));
}
