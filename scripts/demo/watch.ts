import { setTimeout as delay } from 'node:timers/promises';
import type { Expectation } from '../../sandbox/scenario.js';
import type { Api } from './api.js';
import { endingOf, isAllowed } from './ends.js';
import { countBy } from './measures.js';
import type { Progress } from './progress.js';

const LOOK_MS = 1_500;
/** Couriers without a push of the outcome are polled every 30 s; after twice that silence nothing more will come. */
export const PATIENCE_MS = 60_000;

/** Whether all ended as expected, and when something last moved, unix ms. */
export interface Waited {
  readonly settled: boolean;
  readonly lastMovedAt: number;
}

/** Waits until every after-sale is at an end that the scenario allows, or nothing has moved for PATIENCE_MS. */
export async function untilSettled(api: Api, expected: readonly Expectation[], progress: Progress): Promise<Waited> {
  let seen = '';
  let lastMovedAt = Date.now();
  for (;;) {
    const endings = (await api.afterSales()).map(endingOf);
    const now = endings.map(({ afterSaleId, state, reason }) => `${afterSaleId} ${state} ${reason}`).join('\n');
    if (now !== seen) lastMovedAt = Date.now();
    seen = now;
    const byId = new Map(endings.map((ending) => [ending.afterSaleId, ending]));
    const open = expected.flatMap((one) => {
      const ending = byId.get(one.afterSaleId);
      return ending !== undefined && isAllowed(ending, one) ? [] : [ending?.state ?? 'unheard'];
    });
    const note = Object.entries(countBy(open, (state) => state)).map(([state, n]) => `${state} ${n}`);
    progress.update(expected.length - open.length, note.join(', '));
    if (open.length === 0) return { settled: true, lastMovedAt };
    if (Date.now() - lastMovedAt > PATIENCE_MS) return { settled: false, lastMovedAt };
    await delay(LOOK_MS);
  }
}

/** Refunds of which none has come further for so long are not waited for, ms: they show in the table as they are. */
const REFUND_PATIENCE_MS = 45_000;
const REFUND_ENDS: ReadonlySet<string> = new Set(['confirmed', 'asked', 'dropped']);

/** Waits until the refund of everything that is back is paid and proved, waits for its hours, or is with a person. */
export async function untilRefunded(api: Api, progress: Progress): Promise<void> {
  let before = '';
  let lastMovedAt = Date.now();
  for (;;) {
    const endings = (await api.afterSales()).map(endingOf);
    const back = endings.filter(({ state }) => state === 'returned').map(({ afterSaleId }) => afterSaleId);
    const refunds = await api.refunds();
    const ended = new Set(
      refunds
        .filter(({ state, reason }) => REFUND_ENDS.has(state) || reason === 'refund_hours')
        .map(({ afterSaleId }) => afterSaleId),
    );
    const open = back.filter((id) => !ended.has(id)).length;
    const underWay = refunds.filter(({ state }) => ['started', 'acknowledged', 'unknown'].includes(state)).length;
    progress.update(back.length - open, `${open}`);
    if (open === 0 && underWay === 0) return;
    const now = `${open} ${underWay} ${ended.size}`;
    if (now !== before) lastMovedAt = Date.now();
    before = now;
    if (Date.now() - lastMovedAt > REFUND_PATIENCE_MS) return;
    await delay(LOOK_MS);
  }
}
