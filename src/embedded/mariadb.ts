import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { findProgram } from './binaries.js';
import type { Credentials, ServerKind } from './server-kind.js';

const run = promisify(execFile);

/** The database of the product; tests make others named `jj_test_…`. */
const DATABASE_NAME = 'jiejian';

/**
 * Settings of the embedded MariaDB or MySQL (server options that both know; `loose-` ones may be unknown). Every commit is on disk before it
 * is answered: MySQL is the truth about parcels and money.
 */
export const MYSQL_SETTINGS = {
  'bind-address': '127.0.0.1',
  'skip-name-resolve': 'ON',
  'skip-log-bin': '',
  'loose-mysqlx': 'OFF',
  'max-connections': '200',
  'innodb-flush-log-at-trx-commit': '1',
  'innodb-buffer-pool-size': '128M',
  'character-set-server': 'utf8mb4',
  'collation-server': 'utf8mb4_unicode_ci',
  'transaction-isolation': 'READ-COMMITTED',
  'default-time-zone': '+00:00',
  'sql-mode':
    'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
} as const satisfies Record<string, string>;

/** A unix socket path holds 107 bytes on Linux, 103 on macOS. */
const SOCKET_PATH_BYTES = 103;

const INSTALL_TIMEOUT_MS = 120_000;

/** Root must name the account the server runs as; anybody else may not. */
const asUser = () => (process.getuid?.() === 0 ? ['--user=root'] : []);

/** A socket inside the folder, or in the temporary folder when that path would be too long. */
function socketPath(dataDir: string): string {
  const inside = join(dataDir, 'mysql.sock');
  if (Buffer.byteLength(inside) <= SOCKET_PATH_BYTES) return inside;
  const id = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return join(tmpdir(), `jiejian-${id}.sock`);
}

/** MariaDB's installer beside the server (or on the PATH); undefined for Oracle's MySQL, which installs itself. */
function findInstaller(program: string): string | undefined {
  const names = ['mariadb-install-db', 'mysql_install_db'];
  const root = dirname(dirname(program));
  return findProgram(names, [join(root, 'bin'), join(root, 'scripts'), process.env.PATH ?? ''].join(':'));
}

async function isMariaDb(program: string): Promise<boolean> {
  const { stdout } = await run(program, ['--no-defaults', '--version']);
  return /mariadb/i.test(stdout);
}

/**
 * Makes the system tables in a folder that is renamed when it is complete, so that a broken install never counts.
 * `socket`: the other method makes root accounts without a password that anybody on the machine could use.
 */
async function install(program: string, dir: string): Promise<void> {
  const draft = `${dir}.new`;
  rmSync(draft, { recursive: true, force: true });
  const options = { timeout: INSTALL_TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 };
  if (await isMariaDb(program)) {
    const installer = findInstaller(program);
    if (installer === undefined) throw new Error(`${program} is here, but mariadb-install-db is not: install it too`);
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const flags = ['--auth-root-authentication-method=socket', '--skip-test-db', '--skip-name-resolve'];
    await run(installer, ['--no-defaults', `--datadir=${draft}`, ...flags, ...asUser()], options);
  } else {
    await run(program, ['--no-defaults', '--initialize-insecure', `--datadir=${draft}`, ...asUser()], options);
  }
  renameSync(draft, dir);
}

/**
 * Statements run by the server itself at every start, before it listens: they need no login, so a lost services.json
 * heals by itself, and nobody on the machine can log in without a password.
 */
function initStatements({ user, password }: Credentials): string {
  const account = `'${user}'@'127.0.0.1'`;
  const statements = [
    `CREATE DATABASE IF NOT EXISTS \`${DATABASE_NAME}\` CHARACTER SET utf8mb4`,
    `CREATE USER IF NOT EXISTS ${account} IDENTIFIED BY '${password}'`,
    `ALTER USER ${account} IDENTIFIED BY '${password}'`,
    `GRANT ALL ON \`${DATABASE_NAME}\`.* TO ${account}`,
    `GRANT ALL ON \`jj\\_test\\_%\`.* TO ${account}`,
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}'`,
  ];
  return statements.map((statement) => `${statement};\n`).join('');
}

/** The MariaDB or MySQL of a data folder. `overrides` adds to or replaces MYSQL_SETTINGS. */
export function mariadbServer(
  program: string,
  dataDir: string,
  credentials: Credentials,
  overrides: Readonly<Record<string, string>> = {},
): ServerKind {
  const dir = join(dataDir, 'mysql');
  const initFile = join(dataDir, 'mysql-init.sql');
  // A server deletes what it finds of temporary tables when it starts: in a folder shared with others, theirs.
  const temporary = join(dataDir, 'mysql-tmp');
  const url = (port: number) =>
    `mysql://${credentials.user}:${credentials.password}@127.0.0.1:${port}/${DATABASE_NAME}`;
  return {
    label: 'MariaDB',
    logFile: join(dataDir, 'mysql.log'),
    async prepare() {
      if (!existsSync(dir)) await install(program, dir);
      mkdirSync(temporary, { recursive: true, mode: 0o700 });
      writeFileSync(initFile, initStatements(credentials), { mode: 0o600 });
    },
    command(port) {
      const settings = Object.entries({
        datadir: dir,
        port: String(port),
        socket: socketPath(dataDir),
        'pid-file': join(dataDir, 'mysql.pid'),
        'init-file': initFile,
        tmpdir: temporary,
        ...MYSQL_SETTINGS,
        ...overrides,
      }).map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
      return [program, '--no-defaults', ...asUser(), ...settings];
    },
    url,
    async ping(port) {
      const connection = await mysql.createConnection({ uri: url(port), connectTimeout: 2_000 });
      try {
        await connection.query({ sql: 'SELECT 1', timeout: 2_000 });
      } finally {
        connection.destroy();
      }
    },
  };
}
