import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { freshDatabase } from '../support/database.js';
import { freshRedis } from '../support/redis.js';

async function query(url: string, statement: string): Promise<unknown[]> {
  const connection = await mysql.createConnection({ uri: url });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(statement);
    return Array.isArray(rows) ? rows : [];
  } finally {
    await connection.end();
  }
}

describe('what tests get', () => {
  it('is a database of their own each time, so that no test sees the rows of another', async () => {
    const [first, second] = [await freshDatabase(), await freshDatabase()];
    expect(first.url).not.toBe(second.url);
    await query(first.url, 'CREATE TABLE a (id INT)');
    expect(await query(second.url, 'SHOW TABLES')).toEqual([]);
    await first.drop();
    await expect(query(first.url, 'SELECT 1')).rejects.toThrow(/Unknown database/);
    await second.drop();
  });

  it('is an empty Redis, whatever the file before left in it', async () => {
    const url = await freshRedis();
    const client = new Redis(url);
    await client.set('left', 'over');
    expect(await freshRedis()).toBe(url);
    expect(await client.dbsize()).toBe(0);
    client.disconnect();
  });
});
