import { createHash, randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** Random bytes for many ids: asked for one by one, as the library does, they cost more than all else about an id. */
const random = new Uint32Array(1_024);
let used = random.length;

/** A number in [0, 1) from the system's generator. */
function draw(): number {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const drawn = random[used] ?? 0;
  used += 1;
  return drawn / 2 ** 32;
}

const next = monotonicFactory(draw);

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
