import { Redis } from 'ioredis';
import { slotsFor } from '../../dist/src/workers/limiter.js';

/**
 * A process of its own that takes slots of one lane as fast as it is given them, with several takers at once as a
 * worker has. Prints the moment of each slot in ns of the machine's monotonic clock, which all processes share, and
 * ends by itself. Arguments: redis URL, lane, max, perMs, for how many ms, takers.
 */
const [url, lane, max, perMs, forMs, takers] = process.argv.slice(2);
const redis = new Redis(url, { maxRetriesPerRequest: null });
redis.on('error', () => undefined);
const limit = { max: Number(max), perMs: Number(perMs) };
const slots = slotsFor(redis, lane, 'orders', () => limit);
const endAt = performance.now() + Number(forMs);

async function take() {
  while (await slots.take(endAt)) process.stdout.write(`${process.hrtime.bigint()}\n`);
}

await redis.ping();
await Promise.all(Array.from({ length: Number(takers) }, take));
redis.disconnect();
