import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where package managers put servers that are not on an ordinary user's PATH. */
const EXTRA_DIRS = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/libexec',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/redis/bin',
  '/opt/homebrew/opt/mariadb/bin',
  '/usr/local/opt/mariadb/bin',
  '/usr/local/mysql/bin',
] as const;

/** Names each server goes by, best first. */
const SERVERS = {
  redis: ['redis-server', 'valkey-server'],
  mysql: ['mariadbd', 'mysqld'],
} as const;

export type ServerName = keyof typeof SERVERS;

/** A server program is not installed. `message` is in English, `zh` in Chinese; both say what to install. */
export class MissingServerError extends Error {
  override readonly name = 'MissingServerError';
  readonly code = 'missing_server';
  readonly missing: readonly ServerName[];
  readonly zh: string;
  readonly en: string;

  constructor(missing: readonly ServerName[]) {
    const programs = missing.map((server) => SERVERS[server].join(' / '));
    const install = [
      'apt-get install redis-server mariadb-server   (Debian, Ubuntu)',
      'brew install redis mariadb                    (macOS)',
      'docker compose up -d                          (DATABASE_URL, REDIS_URL)',
    ].map((line) => `  ${line}`);
    const en = [
      `Not found on this machine: ${programs.join(', ')}.`,
      'Without DATABASE_URL and REDIS_URL Jiejian runs its own Redis and MariaDB and needs their programs.',
      'Install them, or start the containers and set both variables:',
      ...install,
    ].join('\n');
    const zh = [
      `本机未找到：${programs.join('、')}。`,
      '未设置 DATABASE_URL 和 REDIS_URL 时，截件会自行运行 Redis 和 MariaDB，因此需要这些程序。',
      '请安装，或启动容器并设置这两个变量：',
      ...install,
    ].join('\n');
    super(`${en}\n\n${zh}`);
    this.missing = missing;
    this.zh = zh;
    this.en = en;
  }
}

/** Full path of the first of `names` that can be executed, or undefined. Looks at PATH, then at the usual places. */
export function findProgram(names: readonly string[], path = process.env.PATH ?? ''): string | undefined {
  const dirs = [...path.split(delimiter).filter((dir) => dir !== ''), ...EXTRA_DIRS];
  for (const name of names) {
    for (const dir of dirs) {
      const file = join(dir, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here: look in the next place.
      }
    }
  }
  return undefined;
}

/** Paths of both servers. Throws MissingServerError naming all that are absent. */
export function findServers(find: typeof findProgram = findProgram): Record<ServerName, string> {
  const redis = find(SERVERS.redis);
  const mysql = find(SERVERS.mysql);
  if (redis !== undefined && mysql !== undefined) return { redis, mysql };
  const missing: ServerName[] = [];
  if (redis === undefined) missing.push('redis');
  if (mysql === undefined) missing.push('mysql');
  throw new MissingServerError(missing);
}
