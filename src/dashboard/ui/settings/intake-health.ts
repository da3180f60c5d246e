import type { ShopAnswer } from '../http/answers.js';

type Door = ShopAnswer['intakeDoors'][number];

/** A poll that is this late is not being made at all, ms. */
const OVERDUE_MS = 2 * 60_000;

export type IntakeHealth = 'working' | 'unread' | 'failing' | 'overdue';

/** What may be said of a door at this moment; `nextAt` in the past: nobody has read although it was due. */
export function healthOf(door: Pick<Door, 'failingSince' | 'lastOkAt' | 'nextAt'>, now: number): IntakeHealth {
  if (door.failingSince !== null) return 'failing';
  if (door.lastOkAt === null) return 'unread';
  return door.nextAt !== null && now - Date.parse(door.nextAt) > OVERDUE_MS ? 'overdue' : 'working';
}
