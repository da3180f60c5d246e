import { Redis } from 'ioredis';
import mysql, { type RowDataPacket } from 'mysql2/promise';

const CONNECT_MS = 10_000;

/** Runs statements one after the other; gives the number of rows of the last. */
export async function statements(databaseUrl: string, ...list: readonly string[]): Promise<number> {
  const connection = await mysql.createConnection({ uri: databaseUrl, connectTimeout: CONNECT_MS });
  try {
    let rows = 0;
    for (const statement of list) {
      const [answer] = await connection.query<RowDataPacket[]>(statement);
      rows = Array.isArray(answer) ? answer.length : 0;
    }
    return rows;
  } finally {
    connection.destroy();
  }
}

/** One connection for one piece of work; it is not tried again. */
export async function onRedis<T>(redisUrl: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
