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
  faults = await FaultHouse.open({
    account: { timeoutMs: 800 },
    agreeing: 1,
    policy: { agreeRefund: { at: 'accepted' } },
  });
  await faults.house.start('web');
  for (const role of ['scheduler', 'worker'] as const) running.set(role, await faults.house.start(role));
}, 90_000);
afterAll(() => faults.close());

const KILLED_AT = new Set<string>();

/** Kills the process of this role at this edge. The next one of its role is started by whoever needs it. */
async function killAt(edge: string, role: Role): Promise<void> {
  for (const other of ['scheduler', 'worker'] as const) if (other !== role) await ensure(other);
  await running.get(role)?.end('SIGTERM');
  running.delete(role);
  const doomed = await faults.doomed(role, `${edge}=kill`);
  await faults.refund();
  await until(() => doomed.child.signalCode === 'SIGKILL', { what: `a ${role} to come to ${edge}`, timeoutMs: 30_000 });
  KILLED_AT.add(edge);
}

async function ensure(role: Role): Promise<void> {
  if (!running.has(role)) running.set(role, await faults.house.start(role));
}

/** Role by role: one that was killed is followed at once by the next that will be. */
const edges = matrix()
  .filter(({ edge, role }) => role !== 'web' && !edge.startsWith('giveUpLease'))
  .sort((a, b) => a.role.localeCompare(b.role));

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
  await ensure('scheduler');
  await ensure('worker');
  await faults.rest();
  await faults.house.verify();
  faults.saw('F9', `killed at ${KILLED_AT.size} edges: every stop has its fee, every fee its stop`);
});

it('has been everywhere', () => {
  expect([...KILLED_AT].sort()).toEqual(expect.arrayContaining(matrix().map(({ edge }) => edge)));
});

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
