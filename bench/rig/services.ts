import { Redis } from 'ioredis';
import { Database } from '../../src/domain/store/database.js';
import { ensureLanes } from '../../src/domain/store/lane-store.js';
import { startServices } from '../../src/embedded/services.js';
import { redisOptions } from '../../src/redis.js';
import { ACCOUNT_ID } from './settings.js';

/** A private MariaDB and Redis for the bench, kept in .data/bench/services between runs. */
export interface BenchServices {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  stop(): Promise<void>;
}

export async function startBenchServices(): Promise<BenchServices> {
  const services = await startServices({
    dir: '.data/bench/services',
    onLog: (line) => process.stderr.write(`${line}\n`),
  });
  const { databaseUrl, redisUrl } = services;
  return { databaseUrl, redisUrl, stop: () => services.stop() };
}

/** Empties Redis and the database; with `schema`, the newest schema and the row of the bench's lane are put in. */
export async function emptyServices(
  services: Pick<BenchServices, 'databaseUrl' | 'redisUrl'>,
  schema: boolean,
): Promise<void> {
  const redis = new Redis(redisOptions(services.redisUrl, 'worker'));
  await redis.flushdb();
  redis.disconnect();
  const db = await Database.open({ url: services.databaseUrl, statementTimeoutMs: 120_000 });
  const tables = await db.rows<{ name: string }>(
    'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
  );
  for (const { name } of tables) await db.run(`DROP TABLE \`${name}\``);
  if (schema) {
    await db.migrate();
    await ensureLanes(db, [{ carrier: 'zto', id: ACCOUNT_ID }]);
  }
  await db.close();
}
