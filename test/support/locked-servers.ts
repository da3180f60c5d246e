import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import { readRegistry } from '../../src/embedded/registry.js';
import { startServices } from '../../src/embedded/services.js';
import { projectFile } from '../architecture/source-tree.js';
import type { HouseServices } from './house.js';

const password = () => randomBytes(18).toString('hex');

/** The user of deploy/redis-users.acl, with a password of its own: that very file is what is tried. */
function redisUser(secret: string): string[] {
  const line = projectFile('deploy/redis-users.acl')
    .split('\n')
    .find((one) => one.startsWith('user jiejian '));
  if (line === undefined) throw new Error('deploy/redis-users.acl has no user jiejian');
  return line.replace('CHANGE-ME', secret).split(' ').slice(1);
}

export interface LockedServers extends HouseServices {
  /** Statements as the administrator of the database server. */
  asRoot(statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** A Redis and a MariaDB of their own with an administrator, who gives the product accounts as deploy/accounts.md says. */
export async function lockedServers(): Promise<LockedServers> {
  const dir = await mkdtemp(join(tmpdir(), 'jj-'));
  const services = await startServices({ dir });
  const registry = readRegistry(dir);
  const { pathname } = new URL(services.databaseUrl);
  const asRoot = async (statements: readonly string[]) => {
    const connection = await mysql.createConnection({
      socketPath: join(dir, 'mysql.sock'),
      user: 'root',
      password: registry?.password ?? '',
      database: pathname.slice(1),
    });
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      await connection.end();
    }
  };
  return {
    databaseUrl: services.databaseUrl,
    redisUrl: services.redisUrl,
    asRoot,
    async restrict(grants) {
      const [database, redis] = [password(), password()];
      await asRoot([
        `CREATE USER 'jiejian_app'@'127.0.0.1' IDENTIFIED BY '${database}'`,
        ...grants.split(';\n').filter((statement) => statement.trim() !== ''),
      ]);
      const admin = new Redis(services.redisUrl);
      await admin.call('ACL', 'SETUSER', ...redisUser(redis));
      admin.disconnect();
      const [app, jobs] = [new URL(services.databaseUrl), new URL(services.redisUrl)];
      [app.username, app.password] = ['jiejian_app', database];
      [jobs.username, jobs.password] = ['jiejian', redis];
      return { databaseUrl: app.href, redisUrl: jobs.href };
    },
    async close() {
      await services.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
