import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Toxic } from '../support/toxics.js';
import { until } from '../support/until.js';
import type { FaultId } from './catalogue.js';
import { FaultHouse } from './harness/fault-house.js';

type Line = 'redis' | 'mysql' | 'courier';

/** Every toxic on every line: what spoils it here, or the fault whose own test does. */
const CELLS: Readonly<Record<Toxic['kind'], Readonly<Record<Line, Toxic | FaultId>>>> = {
  latency: { redis: 'F29', mysql: { kind: 'latency', ms: 30 }, courier: { kind: 'latency', ms: 300 } },
  bandwidth: {
    redis: { kind: 'bandwidth', bytesPerS: 100_000 },
    mysql: { kind: 'bandwidth', bytesPerS: 100_000 },
    courier: { kind: 'bandwidth', bytesPerS: 4_000 },
  },
  slow_close: {
    redis: { kind: 'slow_close', ms: 1_000 },
    mysql: { kind: 'slow_close', ms: 1_000 },
    courier: { kind: 'slow_close', ms: 1_000 },
  },
  timeout: { redis: 'F29', mysql: 'F33', courier: { kind: 'timeout' } },
  reset_peer: {
    redis: 'F29',
    mysql: { kind: 'reset_peer', afterMs: 500 },
    courier: { kind: 'reset_peer', afterMs: 100 },
  },
  slicer: {
    redis: 'F29',
    mysql: { kind: 'slicer', bytes: 64, gapMs: 0 },
    courier: { kind: 'slicer', bytes: 8, gapMs: 0 },
  },
  limit_data: {
    redis: { kind: 'limit_data', bytes: 5_000 },
    mysql: { kind: 'limit_data', bytes: 5_000 },
    courier: 'F49',
  },
  down: { redis: 'F30', mysql: 'F32', courier: 'F46' },
};

const HERE = Object.entries(CELLS).flatMap(([kind, lines]) =>
  Object.entries(lines).flatMap(([line, cell]) =>
    typeof cell === 'string' ? [] : [{ kind, line: line as Line, toxic: cell }],
  ),
);
/** Pieces of data that a toxic must have met before it is taken away. A black hole eats the first of a connection alone. */
const PIECES = 12;
const PIECES_EATEN = 3;
const PARCELS = 4;

let faults: FaultHouse;

beforeAll(async () => {
  faults = await FaultHouse.open({ account: { timeoutMs: 800 } });
  await faults.house.start('web,scheduler');
  await faults.house.start('worker');
}, 90_000);
afterAll(() => faults.close());

/** The other end closes what is open: without that nothing is slow to close. */
const CLOSES: Readonly<Record<Line, () => Promise<unknown>>> = {
  redis: () => faults.house.redis.call('CLIENT', 'KILL', 'SKIPME', 'yes'),
  mysql: async () => {
    const open = await faults.house.db.rows<{ id: number }>(
      'SELECT id FROM information_schema.processlist WHERE user = SUBSTRING_INDEX(USER(), ?, 1) AND id <> CONNECTION_ID()',
      ['@'],
    );
    for (const { id } of open) await faults.house.db.run(`KILL ${id}`).catch(() => undefined);
  },
  courier: () => faults.house.control(faults.house.zto, 'faults', { endpoint: '*', kind: 'act_then_reset', times: 2 }),
};

it.each(HERE)(
  'F77: $kind on the line to $line',
  async ({ kind, line, toxic }) => {
    const proxy = faults.net[line];
    const before = await faults.house.ztoSummary();
    const met = proxy.spoiled();
    const pieces = kind === 'timeout' ? PIECES_EATEN : PIECES;
    const refunds = await faults.quietRefunds(PARCELS);
    const remove = proxy.add(toxic);
    try {
      if (kind === 'slow_close') await CLOSES[line]();
      await Promise.all(refunds.map((refund) => faults.tell(refund)));
      await until(() => proxy.spoiled() - met >= pieces, { what: `the line to ${line} to be used` });
    } finally {
      remove();
    }
    const seconds = await faults.recovery(refunds);
    const after = await faults.house.ztoSummary();
    expect(after.accepted - before.accepted).toBe(PARCELS);
    expect(after.duplicateAccepts).toBe(before.duplicateAccepts);
    faults.saw('F77', `${kind} to ${line}: ${PARCELS} parcels, as many orders`, seconds);
  },
  60_000,
);

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
