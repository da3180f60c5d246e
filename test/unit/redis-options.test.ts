import { describe, expect, it } from '@jest/globals';
import { parseRedisUrl, redisOptions, retryAfterMs } from '../../src/redis.js';

function addressOf(url: string) {
  const parsed = parseRedisUrl(url);
  if (!parsed.ok) throw new Error(parsed.why.en);
  return parsed.address;
}

describe('REDIS_URL', () => {
  it.each([
    ['redis://127.0.0.1', { host: '127.0.0.1', port: 6379, db: 0 }],
    ['redis://:p%40ss@r:6380/3', { host: 'r', port: 6380, db: 3, password: 'p@ss' }],
    ['redis://me:pw@[::1]:6379', { host: '::1', port: 6379, db: 0, username: 'me', password: 'pw' }],
    ['rediss://r.example.com', { host: 'r.example.com', port: 6379, db: 0, tls: { servername: 'r.example.com' } }],
  ])('%s is one server', (url, address) => {
    expect(addressOf(url)).toEqual(address);
  });

  it('with +sentinel names the sentinels and the master they watch', () => {
    expect(addressOf('redis+sentinel://:pw@a:26379,b,[::1]:26380/mymaster/2')).toEqual({
      sentinels: [
        { host: 'a', port: 26379 },
        { host: 'b', port: 26379 },
        { host: '::1', port: 26380 },
      ],
      name: 'mymaster',
      db: 2,
      password: 'pw',
    });
  });

  it.each([
    'http://r',
    'redis://',
    'redis://r/name',
    'redis+sentinel://a:26379',
    'redis+sentinel://a:99999/m',
    'redis+sentinel://a:b:c/m',
    'nothing',
  ])('%s is refused, because a guess would reach the wrong server', (url) => {
    expect(parseRedisUrl(url).ok).toBe(false);
    expect(() => redisOptions(url, 'worker')).toThrow(RangeError);
  });
});

describe('the two sides of the queues', () => {
  it('let producers fail fast and workers wait, because MySQL holds the truth meanwhile', () => {
    expect(redisOptions('redis://r', 'producer')).toMatchObject({
      enableOfflineQueue: false,
      commandTimeout: 1_000,
      maxRetriesPerRequest: 1,
    });
    const worker = redisOptions('redis://r', 'worker');
    // Half open: its other end is gone and nobody said so (F29).
    expect(worker.socketTimeout).toBeGreaterThan(2_000);
    expect(worker.maxRetriesPerRequest).toBeNull();
    expect(worker.commandTimeout).toBeUndefined();
  });

  it('try again at once at first and every second at most, so that work goes on soon after Redis is back', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 1_000].map(retryAfterMs)).toEqual([50, 100, 200, 400, 800, 1_000, 1_000, 1_000]);
  });

  it('move to the new master after a failover', () => {
    const { reconnectOnError } = redisOptions('redis://r', 'worker');
    expect(reconnectOnError?.(new Error("READONLY You can't write against a read only replica."))).toBe(2);
    expect(reconnectOnError?.(new Error('ERR wrong'))).toBe(false);
  });
});
