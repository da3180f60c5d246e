import type { CarrierManifest, StatusAnswer } from '../carrier/port.js';
import { type Asked, askedWhileAccepted, askedWhileUncertain } from '../intercept/asked.js';
import type { Intercept } from '../intercept/intercept.js';
import { settleLostSend } from './attempt-store.js';
import type { Sql } from './database.js';
import { lockNewestRound, move } from './intercept-store.js';
import { lockParcel } from './parcel-store.js';

/** A courier's push that speaks of the order itself: what it says, and who says it. */
export interface OrderWord {
  readonly parcelId: string;
  readonly answer: StatusAnswer;
  readonly manifest: CarrierManifest;
  /** Which order it speaks of, by our number; null: it does not say. */
  readonly bizNo: string | null;
}

/**
 * Takes in what couriers push about orders. One that can be asked, or whose track can be read, is asked now. One that has
 * no answer to the question (results by callback only) is believed as well: its push was verified, and no other word of
 * it will ever come.
 * Returns the parcels whose rows moved.
 */
export async function takeWords(tx: Sql, words: readonly OrderWord[], now: Date): Promise<string[]> {
  const ask = words.filter(({ manifest: { capabilities } }) => capabilities.status || capabilities.track);
  if (ask.length > 0) {
    await tx.run(
      'UPDATE intercept SET next_at = ? WHERE live_parcel IN (?) AND dispatched_at IS NULL AND next_at > ?',
      [now, ask.map(({ parcelId }) => parcelId), now],
    );
  }
  const moved: string[] = [];
  const believed = words.filter(({ manifest }) => !manifest.capabilities.status);
  for (const word of believed.toSorted((a, b) => (a.parcelId < b.parcelId ? -1 : 1))) {
    if (await believe(tx, word, now)) moved.push(word.parcelId);
  }
  return moved;
}

const stop = { event: 'stop', reason: 'courier_stopped' } as const;
const back = { event: 'return', reason: 'returned' } as const;

function meaningOf(row: Intercept, { answer, manifest }: OrderWord, now: Date): Asked | null {
  if (row.state !== 'accepted' && row.state !== 'uncertain') return null;
  const asked =
    row.state === 'accepted' ? askedWhileAccepted(row, answer, now) : askedWhileUncertain(row, manifest, answer, now);
  // Elsewhere the road tells how an order ended; here the word is all there will be, and it means that the parcel is back.
  return asked.lookNext
    ? { ...asked, steps: [stop, back], settle: row.state === 'uncertain' ? 'accepted' : null }
    : asked;
}

/** Takes the steps that a push means for the parcel's order. An order that was never sent, or is over, stays as it is. */
async function believe(tx: Sql, word: OrderWord, now: Date): Promise<boolean> {
  await lockParcel(tx, word.parcelId);
  const row = await lockNewestRound(tx, word.parcelId);
  const another = row !== null && word.bizNo !== null && word.bizNo !== row.requestId;
  const meaning = row && !another ? meaningOf(row, word, now) : null;
  if (!row || !meaning || meaning.steps.length === 0) return false;
  if (meaning.settle) await settleLostSend(tx, row.id, meaning.settle);
  let at = row;
  for (const step of meaning.steps) at = await move(tx, at, { ...step, actor: 'courier' }, now);
  return true;
}
