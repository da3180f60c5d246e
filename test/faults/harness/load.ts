import { expect } from '@jest/globals';
import type { Refund } from '../../support/refunds.js';
import { until } from '../../support/until.js';
import type { FaultId } from '../catalogue.js';
import type { FaultHouse } from './fault-house.js';
import type { Figure } from './results.js';

/** Orders on their way when the fault strikes. */
const BACKLOG = 24;

export interface Trouble {
  readonly id: FaultId;
  readonly seen: string;
  readonly figure?: Figure;
  /** Injects it, and looks at what must hold while it lasts. */
  readonly strike: () => Promise<void>;
  /** Takes it away again, whatever came of it. */
  readonly heal?: () => Promise<void>;
}

/** A fault while orders are being sent: each of them leaves once, and they go on by themselves once it has healed. */
export async function underLoad(faults: FaultHouse, trouble: Trouble): Promise<void> {
  const before = await faults.house.ztoSummary();
  const first = faults.refunds.length;
  await faults.refundsAtOnce(BACKLOG);
  await until(async () => (await faults.house.ztoSummary()).creates - before.creates >= BACKLOG / 6, {
    what: 'the first of them to be sent',
    timeoutMs: 20_000,
  });
  let seconds = 0;
  try {
    await trouble.strike();
  } finally {
    // A strike that failed leaves nothing under way for the next fault either.
    await trouble.heal?.();
    seconds = await faults.recovery(faults.refunds.slice(first));
  }
  const refunds = faults.refunds.slice(first);
  const after = await faults.house.ztoSummary();
  expect(after.duplicateAccepts).toBe(before.duplicateAccepts);
  expect(after.accepted - before.accepted).toBe(refunds.length);
  faults.saw(trouble.id, `${trouble.seen}; ${refunds.length} parcels, as many orders`, seconds, trouble.figure ?? null);
}

/** The longest that a platform had to wait for one of these acknowledgements, ms. */
export async function slowestAnswer(faults: FaultHouse, refunds: readonly Refund[]): Promise<number> {
  const ids = new Set(refunds.map(({ afterSaleId }) => afterSaleId));
  const acknowledged = async () => {
    const { pushes } = await faults.house.control<{
      pushes: { afterSaleIds: string[]; ackedAt: number | null; attempts: { ms: number }[] }[];
    }>(faults.house.douyin, 'pushes');
    const mine = pushes.filter(({ afterSaleIds }) => afterSaleIds.some((id) => ids.has(id)));
    return mine.length === refunds.length && mine.every(({ ackedAt }) => ackedAt !== null) ? mine : null;
  };
  const pushes = await until(acknowledged, { what: 'all of them to be acknowledged' });
  return Math.max(...pushes.flatMap(({ attempts }) => attempts.map(({ ms }) => ms)));
}
