import { Redis } from 'ioredis';

/** redis:// URL of the logical database of this jest worker, as it is. Only for the tiers with services. */
export function workerRedis(): string {
  const server = process.env.JIEJIAN_TEST_REDIS_URL;
  if (server === undefined) throw new Error('no test Redis: this tier runs without services (jest.config.mjs)');
  const url = new URL(server);
  url.pathname = `/${process.env.JEST_WORKER_ID ?? '1'}`;
  return url.href;
}

/**
 * The same, emptied. Workers have a database each (1, 2, …) and run one test file at a time, so a file sees only its own
 * keys.
 */
export async function freshRedis(): Promise<string> {
  const url = workerRedis();
  const client = new Redis(url, { lazyConnect: true });
  try {
    await client.connect();
    await client.flushdb();
  } finally {
    client.disconnect();
  }
  return url;
}
