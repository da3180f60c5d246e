import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { commandLine, processIdentity } from '../../src/embedded/process-table.js';
import { readRegistry, writeRegistry } from '../../src/embedded/registry.js';
import { type Services, startServices } from '../../src/embedded/services.js';
import { until } from '../support/until.js';

type Urls = Pick<Services, 'databaseUrl' | 'redisUrl'>;

async function sql(databaseUrl: string, ...statements: string[]): Promise<RowDataPacket[]> {
  const connection = await mysql.createConnection({ uri: databaseUrl });
  try {
    let rows: RowDataPacket[] = [];
    for (const statement of statements) [rows] = await connection.query<RowDataPacket[]>(statement);
    return rows;
  } finally {
    await connection.end();
  }
}

async function redis<T>(redisUrl: string, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redisUrl);
  client.on('error', () => undefined);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}

const ready = z.object({ databaseUrl: z.string(), redisUrl: z.string(), owned: z.boolean() });

/** The services in a process of their own, which a test may kill. */
async function startOwner(dir: string): Promise<{ owner: ChildProcess; urls: z.infer<typeof ready> }> {
  const owner = spawn(process.execPath, ['dist/scripts/services.js', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: owner.stdout }), 'line');
  return { owner, urls: ready.parse(JSON.parse(String(line))) };
}

function pids(dir: string): number[] {
  const registry = readRegistry(dir);
  return [registry?.redis, registry?.mysql].flatMap((server) => (server ? [server.pid, server.guardPid] : []));
}

const gone = (ids: readonly number[]) => ids.every((pid) => processIdentity(pid) === undefined);

async function writeMark({ databaseUrl, redisUrl }: Urls): Promise<void> {
  await sql(databaseUrl, 'CREATE TABLE mark (word VARCHAR(20))', "INSERT INTO mark VALUES ('截件')");
  await redis(redisUrl, (client) => client.set('mark', '截件'));
}

async function readMark({ databaseUrl, redisUrl }: Urls): Promise<unknown[]> {
  const [row] = await sql(databaseUrl, 'SELECT word FROM mark');
  return [row?.word, await redis(redisUrl, (client) => client.get('mark'))];
}

describe('the embedded services', () => {
  let dir = '';
  const open: Services[] = [];
  const start = async (from = dir) => {
    const services = await startServices({ dir: from });
    open.push(services);
    return services;
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'jj-embedded-'));
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((services) => services.stop()));
    rmSync(dir, { recursive: true, force: true });
  });

  it('lose nothing that was committed, because every setting that decides on it is set', async () => {
    const { databaseUrl, redisUrl } = await start();
    const variables = [
      '@@innodb_flush_log_at_trx_commit AS flush',
      '@@transaction_isolation AS isolation',
      '@@character_set_server AS charset',
      '@@time_zone AS zone',
      '@@max_connections AS connections',
      "@@sql_mode LIKE '%STRICT_TRANS_TABLES%' AS strict",
      '@@bind_address AS address',
    ];
    const select = `SELECT ${variables.join(', ')}`;
    const [row] = await sql(databaseUrl, select.replace('@@transaction_isolation', '@@tx_isolation')).catch(() =>
      sql(databaseUrl, select),
    );
    expect(row).toEqual({
      flush: 1,
      isolation: 'READ-COMMITTED',
      charset: 'utf8mb4',
      zone: '+00:00',
      connections: 200,
      strict: 1,
      address: '127.0.0.1',
    });
    const config = await redis(redisUrl, (client) =>
      client.config('GET', 'appendonly', 'appendfsync', 'maxmemory-policy', 'bind'),
    );
    const settings = z.array(z.string()).parse(config);
    const setting = (name: string) => settings[settings.indexOf(name) + 1];
    expect(['appendonly', 'appendfsync', 'maxmemory-policy', 'bind'].map(setting)).toEqual([
      'yes',
      'everysec',
      'noeviction',
      '127.0.0.1',
    ]);
  });

  it('keep strangers out: files only the owner can read, and no server without a password', async () => {
    const { databaseUrl, redisUrl, secretKey } = await start();
    for (const file of ['secret.key', 'services.json', 'mysql-init.sql', 'redis/redis.conf']) {
      expect([file, statSync(join(dir, file)).mode & 0o077]).toEqual([file, 0]);
    }
    expect(Buffer.from(secretKey, 'base64')).toHaveLength(32);
    const anonymous = new URL(redisUrl);
    anonymous.password = '';
    await expect(redis(anonymous.href, (client) => client.get('mark'))).rejects.toThrow(/NOAUTH/);
    const root = new URL(databaseUrl);
    root.username = 'root';
    root.password = '';
    await expect(sql(root.href, 'SELECT 1')).rejects.toThrow(/denied|not allowed/);
  });

  it('give tests the right to make their own databases and nothing beyond', async () => {
    const { databaseUrl } = await start();
    await sql(databaseUrl, 'CREATE DATABASE jj_test_1_1', 'DROP DATABASE jj_test_1_1');
    await expect(sql(databaseUrl, 'CREATE DATABASE another')).rejects.toThrow(/denied/);
  });

  it('are shared by a second command, which leaves them running when it stops', async () => {
    const first = await start();
    const second = await start();
    expect([first.owned, second.owned]).toEqual([true, false]);
    expect(second).toMatchObject({ databaseUrl: first.databaseUrl, secretKey: first.secretKey });
    await second.stop();
    await writeMark(first);
    expect(await readMark(first)).toEqual(['截件', '截件']);
  });

  it('are started once when two commands start at the same moment', async () => {
    const both = await Promise.all([start(), start()]);
    expect(both.map(({ owned }) => owned).sort()).toEqual([false, true]);
    expect(both[0].redisUrl).toBe(both[1].redisUrl);
  });

  it('end on stop, and keep data, URLs and the key for the next start', async () => {
    const first = await start();
    await writeMark(first);
    const before = pids(dir);
    expect(before).toHaveLength(4);
    await first.stop();
    expect(gone(before)).toBe(true);
    const second = await start();
    expect(second).toMatchObject({ owned: true, databaseUrl: first.databaseUrl, secretKey: first.secretKey });
    expect(await readMark(second)).toEqual(['截件', '截件']);
  });

  it('end when their owner is killed, so that nothing lingers, and the next start has the data', async () => {
    const { owner, urls } = await startOwner(dir);
    await writeMark(urls);
    const left = pids(dir);
    const died = once(owner, 'exit');
    owner.kill('SIGKILL');
    // A process is not gone when the signal is sent, and the owner of living servers is attached to.
    await died;
    // At once after that: the old servers may still be answering while they shut down, and must not be attached to.
    const services = await start();
    expect(services.owned).toBe(true);
    expect(await readMark(services)).toEqual(['截件', '截件']);
    await until(() => gone(left), { what: 'the servers of the killed owner to end' });
  });

  it('recover when owner, guards and servers were all killed', async () => {
    const { owner, urls } = await startOwner(dir);
    await writeMark(urls);
    owner.kill('SIGKILL');
    for (const pid of pids(dir)) {
      if (processIdentity(pid) !== undefined) process.kill(pid, 'SIGKILL');
    }
    const services = await start();
    expect(services.owned).toBe(true);
    expect(await readMark(services)).toEqual(['截件', '截件']);
  });

  it('spare a stranger whose process has the number of a server that is gone', async () => {
    const first = await start();
    await first.stop();
    const stranger = spawn('sleep', ['60']);
    await until(() => commandLine(stranger.pid ?? 0)?.startsWith('sleep'), { what: 'the stranger to run' });
    try {
      const registry = readRegistry(dir);
      if (registry?.redis == null) throw new Error('Redis is not in services.json');
      writeRegistry(dir, { ...registry, redis: { ...registry.redis, pid: stranger.pid ?? 0 } });
      await start();
      expect(processIdentity(stranger.pid ?? 0)).toBeDefined();
    } finally {
      stranger.kill();
    }
  });

  it.each(['redis', 'mysql'] as const)('start %s again on the same port when it crashes', async (name) => {
    const services = await start();
    await writeMark(services);
    // Redis writes to the disk once a second; what a crash may lose is not the matter here.
    await redis(services.redisUrl, (client) => client.call('BGREWRITEAOF'));
    await until(
      async () =>
        (await redis(services.redisUrl, (client) => client.info('persistence'))).includes('rewrite_in_progress:0'),
      { what: 'the append-only file to be written' },
    );
    const old = readRegistry(dir)?.[name];
    if (old == null) throw new Error(`${name} is not in services.json`);
    process.kill(old.pid, 'SIGKILL');
    const again = await until(
      () => {
        const now = readRegistry(dir)?.[name];
        return now != null && now.pid !== old.pid && now;
      },
      { what: `${name} to be started again`, timeoutMs: 20_000 },
    );
    expect(again.port).toBe(old.port);
    expect(await readMark(services)).toEqual(['截件', '截件']);
  });

  it('work in a folder whose path is too long for a unix socket', async () => {
    const services = await start(join(dir, 'a'.repeat(60), 'b'.repeat(60)));
    expect(await sql(services.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('get new passwords when services.json is lost, without losing data', async () => {
    const first = await start();
    await writeMark(first);
    await first.stop();
    rmSync(join(dir, 'services.json'));
    const second = await start();
    expect(second.databaseUrl).not.toBe(first.databaseUrl);
    expect(await readMark(second)).toEqual(['截件', '截件']);
  });
});
