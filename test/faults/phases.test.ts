import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Running } from '../support/house.js';
import { until } from '../support/until.js';
import { FaultHouse } from './harness/fault-house.js';
import { matrix, type Role } from './phases.js';

/**
 * A process killed at every edge that no fault's own test kills at, each while another parcel is on its way, one straight
 * after the other: what one leaves behind is picked up by the next, which is killed in its turn.
 */
let faults: FaultHouse;
const running = new Map<Role, Running>();

beforeAll(async () => {
  faults = await FaultHouse.open({ account: { timeoutMs: 800 } });
  await faults.house.start('web');
  for (const role of ['scheduler', 'worker'] as const) running.set(role, await faults.house.start(role));
}, 90_000);
afterAll(() => faults.close());

const KILLED_AT = new Set<string>();

/** Kills the process of this role at this edge, and starts another one. */
async function killAt(edge: string, role: Role): Promise<void> {
  await running.get(role)?.end('SIGTERM');
  const doomed = await faults.doomed(role, `${edge}=kill`);
  await faults.refund();
  await until(() => doomed.child.signalCode === 'SIGKILL', { what: `a ${role} to come to ${edge}`, timeoutMs: 30_000 });
  running.set(role, await faults.house.start(role));
  KILLED_AT.add(edge);
}

const edges = matrix().filter(({ edge }) => !edge.startsWith('giveUpLease'));

describe('a process killed', () => {
  it.each(edges)('at $edge ($role)', ({ edge, role }) => killAt(edge, role), 60_000);

  it.each(['giveUpLease.commit', 'giveUpLease.committed'])(
    'at %s (scheduler)',
    async (edge) => {
      // A lease has to run out for that.
      await killAt('courier.order', 'worker');
      await killAt(edge, 'scheduler');
    },
    90_000,
  );
});

it('F9: state and fee are one commit: after all of this both are there, or neither', async () => {
  await faults.rest();
  await faults.house.verify();
  faults.saw('F9', `killed at ${KILLED_AT.size} edges: every stop has its fee, every fee its stop`);
});

it('has been everywhere', () => {
  expect([...KILLED_AT].sort()).toEqual(expect.arrayContaining(matrix().map(({ edge }) => edge)));
});

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
