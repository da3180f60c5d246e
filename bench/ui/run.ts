import { Database } from '../../src/domain/store/database.js';
import { median, quantile } from '../random.js';
import { startProduct } from '../rig/product.js';
import type { Findings } from '../rig/report.js';
import type { BenchServices } from '../rig/services.js';
import { fillUp, idOf } from './fill.js';

const NOBODY = 'http://127.0.0.1:9';
const REPEATS = 200;
/** A 99th percentile of 200 is the second worst: one pause of anybody's decides it. */
const ROUNDS = 5;

/** What the pages read, with the row count of the moment; asked of the API as the browser does. */
const READS: readonly { readonly name: string; readonly path: (rows: number, n: number) => string }[] = [
  { name: 'list, newest', path: () => '/intercepts?limit=50' },
  {
    name: 'list, a page far down',
    path: (rows, n) => `/intercepts?limit=50&cursor=${cursor(Math.floor(rows / 2) + n)}`,
  },
  { name: 'list, one of 1,000 (uncertain)', path: () => '/intercepts?limit=50&state=uncertain' },
  { name: 'list, a state nobody is in', path: () => '/intercepts?limit=50&state=submitting' },
  { name: 'search by waybill', path: (rows, n) => `/intercepts?q=7300${String(rows - n * 7).padStart(10, '0')}` },
  { name: 'search by order', path: (rows, n) => `/intercepts?q=so${String(rows - n * 7).padStart(10, '0')}` },
  { name: 'detail', path: (rows, n) => `/intercepts/${idOf(rows - n * 7)}` },
  { name: 'waits for a person', path: () => '/tasks?limit=50' },
  { name: 'lanes', path: () => '/lanes' },
];

function cursor(n: number): string {
  return Buffer.from(idOf(n), 'latin1').toString('base64url');
}

/** Lists, search and detail over a full database: nothing may grow with it. */
export async function benchUi(services: BenchServices, small: boolean, most: number | null): Promise<Findings> {
  const sizes = small ? [10_000, 100_000] : [100_000, most ?? 1_000_000];
  const product = await startProduct(services, ['web'], NOBODY);
  const db = await Database.open({ url: services.databaseUrl, statementTimeoutMs: 600_000 });
  const raw: { read: string; rows: number; p50: number; p99: number }[] = [];
  try {
    const made = await product.cli([
      'token',
      'create',
      '--name',
      'bench',
      '--scopes',
      'intercepts:read,config:read',
      '--json',
    ]);
    const { token } = JSON.parse(made) as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    let filled = 0;
    for (const rows of sizes) {
      await fillUp(db, filled, rows);
      filled = rows;
      // The first round is not counted: what runs for the first time is slow.
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const { name, path } of READS) {
          const took: number[] = [];
          for (let n = 0; n < REPEATS; n += 1) {
            const began = performance.now();
            const answer = await fetch(`${product.url}/api/v1${path(rows, n)}`, { headers });
            const body = await answer.text();
            if (!answer.ok) throw new Error(`${name}: ${answer.status} ${body}`);
            took.push(performance.now() - began);
          }
          if (round > 0) raw.push({ read: name, rows, p50: quantile(took, 0.5), p99: quantile(took, 0.99) });
        }
      }
    }
  } finally {
    await db.close();
    await product.stop();
  }
  const of = (read: string, rows: number) => {
    const these = raw.filter((one) => one.read === read && one.rows === rows);
    return { p50: median(these.map(({ p50 }) => p50)), p99: median(these.map(({ p99 }) => p99)) };
  };
  const [few = 0, many = 0] = sizes;
  return {
    bench: 'ui',
    columns: [
      'read',
      `p50 ms at ${few}`,
      `p99 ms at ${few}`,
      `p50 ms at ${many}`,
      `p99 ms at ${many}`,
      'p99, more to fewer',
    ],
    rows: READS.map(({ name }) => {
      const [a, b] = [of(name, few), of(name, many)];
      return [name, a.p50, a.p99, b.p50, b.p99, b.p99 / a.p99];
    }),
    notes: [
      `medians of ${ROUNDS} rounds of ${REPEATS} times each, one after the other, over HTTP with a token; 1 after-sale, 1 attempt, 1 fee an intercept`,
    ],
    raw,
  };
}
