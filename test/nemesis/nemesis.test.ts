import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FaultHouse } from '../faults/harness/fault-house.js';
import { randomBy } from '../faults/harness/random.js';
import { compareHistories } from '../support/history.js';
import { type Running, shopId } from '../support/house.js';
import { readHistories } from '../support/read-histories.js';

/** Everything at once, at random, for as long as it was asked for (scripts/nemesis.sh). */
const MINUTES = Number(process.env.JIEJIAN_NEMESIS_MINUTES ?? 30);
const SEED = Number(process.env.JIEJIAN_NEMESIS_SEED ?? 1);
const RATE = Number(process.env.JIEJIAN_NEMESIS_RATE ?? 100);
/** Nothing is broken: shows what the machine follows when all is well. */
const CALM = process.env.JIEJIAN_NEMESIS_CALM === '1';
const SECOND_MS = 1_000;
/** Longest from the last event until all parcels are at rest, ms. */
const REST_MS = 15 * 60 * SECOND_MS;
/** And from then until all refunds are: each costs its shop about five of its 20 calls a second. */
const REFUNDS_REST_MS = 45 * 60 * SECOND_MS;
/**
 * Each may call its platform 20 times a second and gets all refunds of one second in so many: two reads a refund, and four
 * calls where it is agreed.
 */
const SHOPS = 40;
/** Of these the first few also have their refunds agreed. */
const AGREEING = 2;
/** What a courier's call may take. Twins, database and harness share the machine: less makes outages of its own load. */
const TIMEOUT_MS = 3_000;
/** How often the run tells how far it is. */
const TELL_MS = 60 * SECOND_MS;
const CREATE = 'thirdcenter.createIntercept';

/** A tenth of all orders meets one of these. */
const COURIER_FAULTS = [
  { kind: 'act_then_hang', probability: 0.02 },
  { kind: 'act_then_reset', probability: 0.02 },
  { kind: 'hang_before', probability: 0.01 },
  { kind: 'http_error', status: 503, probability: 0.02 },
  { kind: 'throttle', probability: 0.01 },
  { kind: 'garbage', probability: 0.01 },
  { kind: 'slow', delayMs: 300, probability: 0.01 },
] as const;

/** What the nemesis does, and how often on average, ms. */
const DEEDS = {
  'worker killed': { everyMs: 10 * SECOND_MS, do: killWorker },
  'Redis flushed': { everyMs: 120 * SECOND_MS, do: async () => void (await faults.house.redis.flushall()) },
  'MariaDB killed': { everyMs: 300 * SECOND_MS, do: killMariadb },
} as const;

let faults: FaultHouse;
const workers: Running[] = [];
const random = randomBy(SEED);
const done: Record<string, number> = {};

beforeAll(async () => {
  faults = await FaultHouse.open({
    shops: SHOPS,
    agreeing: AGREEING,
    policy: { agreeRefund: { at: 'accepted' } },
    account: { timeoutMs: TIMEOUT_MS, concurrency: 32 },
    // What the run leaves behind is some 15 KB an event: a database of this load has more than the 128 MB of a demo.
    mysql: { 'innodb-buffer-pool-size': '1G' },
  });
  await faults.house.start('web');
  await faults.house.start('scheduler');
  for (let n = 0; n < 2; n += 1) workers.push(await faults.house.start('worker'));
  for (const fault of CALM ? [] : COURIER_FAULTS)
    await faults.house.control(faults.house.zto, 'faults', { endpoint: CREATE, ...fault });
}, 120_000);
afterAll(() => faults.close());

async function killWorker(): Promise<void> {
  const at = Math.floor(random() * workers.length);
  await workers[at]?.end('SIGKILL');
  workers[at] = await faults.house.start('worker');
}

async function killMariadb(): Promise<void> {
  await faults.mysql.kill();
  await faults.mysql.start();
}

/** Does one deed again and again, at random times around its average, until the end. */
async function deeds(name: keyof typeof DEEDS, endMs: number): Promise<void> {
  const { everyMs, do: act } = DEEDS[name];
  for (;;) {
    await delay(Math.min(everyMs * (0.5 + random()), Math.max(0, endMs - performance.now())));
    if (performance.now() >= endMs) return;
    await act();
    done[name] = (done[name] ?? 0) + 1;
  }
}

/** The platform tells of new refunds each second; some of it twice, some of it late. */
async function events(endMs: number): Promise<number> {
  let told = 0;
  const from = performance.now();
  for (let second = 0; from + second * SECOND_MS < endMs; second += 1) {
    await delay(Math.max(0, from + second * SECOND_MS - performance.now()));
    const shop = second % SHOPS;
    const refunds = await faults.quietRefunds(RATE, { shop });
    await faults.house.control(faults.house.douyin, 'emit', {
      targetUrl: `${faults.house.url}/webhooks/douyin/${shopId(shop)}`,
      afterSaleIds: refunds.map(({ afterSaleId }) => afterSaleId),
      ratePerSecond: RATE,
      duplicates: 0.05,
      reorder: 0.05,
      retry: { firstMs: 500, factor: 2, maxMs: 5_000, maxAttempts: null },
    });
    told += refunds.length;
  }
  return told;
}

/** Says once a minute how far the parcels are, until it is stopped: a run that falls behind shows it long before its end. */
async function progress(until: AbortSignal): Promise<void> {
  const began = performance.now();
  for (;;) {
    await delay(TELL_MS, undefined, { signal: until }).catch(() => undefined);
    if (until.aborted) return;
    const minute = Math.round((performance.now() - began) / (60 * SECOND_MS));
    const parcels = await whereTheyAre().catch((error: unknown) => String(error));
    process.stdout.write(`${JSON.stringify({ minute, told: faults.refunds.length, parcels })}\n`);
  }
}

/** How many parcels are in each state; of those that wait, for what. */
async function whereTheyAre(): Promise<Record<string, number>> {
  const rows = await faults.house.db.rows<{ place: string; n: number }>(
    `SELECT IF(state = 'held', CONCAT(state, ' ', reason), state) AS place, COUNT(*) AS n FROM intercept GROUP BY 1`,
  );
  return Object.fromEntries(rows.map(({ place, n }) => [place, Number(n)]));
}

it(`loses nothing, doubles nothing and books no wrong fee (seed ${SEED}, ${MINUTES} min, ${RATE}/s)`, async () => {
  const endMs = performance.now() + MINUTES * 60 * SECOND_MS;
  const names = CALM ? [] : (Object.keys(DEEDS) as (keyof typeof DEEDS)[]);
  const askedBefore = await statements();
  const rest = new AbortController();
  const telling = progress(rest.signal);
  const [told] = await Promise.all([events(endMs), ...names.map((name) => deeds(name, endMs))]);
  await fetch(`${faults.house.zto.baseUrl}/_twin/faults`, { method: 'DELETE' });
  const restedFrom = performance.now();
  const rested = faults
    .rest(faults.refunds, REST_MS)
    .then(() => faults.refundsRest(REFUNDS_REST_MS))
    .then(() => faults.returnsRest());
  const late = await rested.then(
    () => null,
    (error: unknown) => String(error),
  );
  const restS = (performance.now() - restedFrom) / SECOND_MS;
  rest.abort();
  await telling;

  const asked = (await statements()) - askedBefore;
  const histories = await readHistories(
    faults.house,
    faults.refunds.map(({ waybillNo }) => waybillNo),
  );
  const broken = compareHistories(histories);
  const verified = await faults.house.verify().then(
    () => null,
    (error: unknown) => String(error),
  );
  const states = await faults.states();
  const count = (invariants: readonly string[]) => broken.filter((b) => invariants.includes(b.invariant)).length;
  const lost = count(['I1_acknowledged_is_kept']) + faults.refunds.filter((r) => !states.has(r.waybillNo)).length;
  const summary = {
    seed: SEED,
    minutes: MINUTES,
    ratePerSecond: RATE,
    events: told,
    orders: histories.calls.filter(({ kind }) => kind === 'create').length,
    returned: [...states.values()].filter((state) => state === 'returned').length,
    expectedBack: await faults.house.db
      .rows<{ n: number }>('SELECT COUNT(*) AS n FROM expected_return')
      .then(([row]) => Number(row?.n)),
    withAPerson: [...states.values()].filter((state) => state === 'needs_review').length,
    refundsPaid: histories.refundCalls.filter(({ paidFen }) => paidFen !== null).length,
    ...(CALM ? { statementsPerRefund: Math.round((asked / told) * 10) / 10 } : done),
    secondsToRest: Math.round(restS),
    lost,
    doubled: count(['I3_accepted_once', 'I9_proof_before_resend']),
    wrongFees: count(['I5_fee_iff_turned_around']),
    otherBroken:
      broken.length -
      count(['I1_acknowledged_is_kept', 'I3_accepted_once', 'I9_proof_before_resend', 'I5_fee_iff_turned_around']),
    verify: verified ?? 'all hold',
    late,
  };
  process.stdout.write(`\nnemesis ${JSON.stringify(summary, null, 2)}\n`);
  const isWhole = broken.length === 0 && lost === 0 && verified === null && late === null;
  if (!isWhole) keep({ summary, broken, histories: { ...histories, inbox: [...histories.inbox] } });
  expect({ broken: broken.slice(0, 20), lost, verified, late }).toEqual({
    broken: [],
    lost: 0,
    verified: null,
    late: null,
  });
});

/** How many statements the database has been asked since it started. */
async function statements(): Promise<number> {
  const rows = await faults.house.db.rows<{ Value: string }>(`SHOW GLOBAL STATUS LIKE 'Questions'`);
  return Number(rows[0]?.Value);
}

/** The histories of a run that failed stay to be looked at. */
function keep(what: object): void {
  const dir = join(process.cwd(), '.data', `nemesis-${SEED}`);
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, 'histories.json'),
    JSON.stringify(what, (_key, value) => (value instanceof Set ? [...value] : value)),
  );
  process.stdout.write(`the histories are in .data/nemesis-${SEED}\n`);
}
