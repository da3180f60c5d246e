import { createHash } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const next = monotonicFactory();

/** A new id of ours: 26 characters, sorted by time, so that lists page by id and inserts stay at the end of the index. */
export function newId(): string {
  return next().toLowerCase();
}

/** The courier's idempotency key of one round of an intercept: every resend keeps it (design.md "Sending again"). */
export function requestIdOf(interceptId: string, round: number): string {
  return `${interceptId}-${round}`;
}

/** A lane is one carrier account: its queues, limits and breaker carry this id. */
export function laneIdOf(carrier: string, accountId: string): string {
  return `${carrier}-${accountId}`;
}

/** The courier, or the platform channel, that a lane speaks to; null for a row without a lane. */
export function laneCarrier(row: { readonly laneId: string | null; readonly accountId: string | null }): string | null {
  if (row.laneId === null || row.accountId === null) return null;
  return row.laneId.slice(0, -(row.accountId.length + 1));
}

/** Hex SHA-256 of text or bytes. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The carrier column of a parcel whose courier is not mapped: the same raw word gives the same parcel (R66). */
export function unmappedCarrier(rawCarrier: string): string {
  return `unmapped-${sha256(rawCarrier.trim()).slice(0, 12)}`;
}
