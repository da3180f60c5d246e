import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';

const root = join(import.meta.dirname, '../..');

/** Runs at the same time get a data folder each; a folder is used again by the next run. */
const MOST_RUNS_AT_ONCE = 8;

async function takeDataFolder() {
  for (let number = 1; number <= MOST_RUNS_AT_ONCE; number += 1) {
    const dir = join(root, '.data', number === 1 ? 'test' : `test-${number}`);
    mkdirSync(dir, { recursive: true });
    const onCompromised = () => undefined;
    const release = await lock(join(dir, 'run'), { realpath: false, onCompromised }).catch(() => undefined);
    if (release !== undefined) return { dir, release };
  }
  throw new Error(`${MOST_RUNS_AT_ONCE} test runs are under way already; wait for one to end`);
}

/**
 * Before the tiers that need services: builds what is stale (tests start `dist/src/cli.js` and the twins), and starts a
 * Redis and a MariaDB for this run unless DATABASE_URL and REDIS_URL name some. Tests find them in
 * JIEJIAN_TEST_DATABASE_URL and JIEJIAN_TEST_REDIS_URL, through test/support/database.ts and redis.ts.
 */
export default async function setup() {
  const { DATABASE_URL, REDIS_URL } = process.env;
  if ((DATABASE_URL === undefined) !== (REDIS_URL === undefined)) {
    throw new Error('set both DATABASE_URL and REDIS_URL, or neither');
  }
  const build = spawnSync('sh', [join(root, 'scripts/setup.sh'), 'build'], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (build.status !== 0) process.stderr.write('The build failed: tests see what was compiled before.\n');

  // The product's own variables must not leak into the processes that tests start.
  delete process.env.DATABASE_URL;
  delete process.env.REDIS_URL;
  if (DATABASE_URL !== undefined && REDIS_URL !== undefined) {
    process.env.JIEJIAN_TEST_DATABASE_URL = DATABASE_URL;
    process.env.JIEJIAN_TEST_REDIS_URL = REDIS_URL;
    return;
  }
  const { startServices } = await import('../../dist/src/embedded/services.js');
  const { dir, release } = await takeDataFolder();
  const services = await startServices({ dir, onLog: (line) => process.stderr.write(`${line}\n`) });
  process.env.JIEJIAN_TEST_DATABASE_URL = services.databaseUrl;
  process.env.JIEJIAN_TEST_REDIS_URL = services.redisUrl;
  globalThis.jiejianTestServices = {
    async stop() {
      await services.stop();
      await release();
    },
  };
}
