import type { LaneQueue } from './store/dispatch-store.js';

/** All keys of this product in Redis begin with this. */
export const QUEUE_PREFIX = 'jj';

/** `intercept-<carrier>-<account>` and `probe-<carrier>-<account>`. */
export function laneQueueName(kind: LaneQueue, laneId: string): string {
  return `${kind}-${laneId}`;
}

/** `enrich-<shop>`: detail reads of one shop's platform. */
export function enrichQueueName(shopId: string): string {
  return `enrich-${shopId}`;
}

/**
 * The id of a job carries the number of its hand-over: BullMQ swallows an id it has seen in silence, so the same id is
 * never used twice. Letters first: ids of digits only are refused.
 */
export function jobIdOf(prefix: 'ic' | 'as', id: string, dispatch: number): string {
  return `${prefix}-${id}-${dispatch}`;
}
