import mysql from 'mysql2/promise';

export interface FreshDatabase {
  /** mysql:// URL of an empty database of its own; whoever uses it runs the migrations. */
  url: string;
  drop(): Promise<void>;
}

let made = 0;

/** Runs one statement on the test server, outside of any test database. */
async function administer(server: string, statement: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: server });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/**
 * Makes an empty database `jj_test_<worker>_<n>` for one test file; call `drop()` in `afterAll`. One that an aborted run
 * left is replaced. Only for the tiers with services (integration, e2e, browser, faults).
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env.JIEJIAN_TEST_DATABASE_URL;
  if (server === undefined) throw new Error('no test database: this tier runs without services (jest.config.mjs)');
  made += 1;
  const name = `jj_test_${process.env.JEST_WORKER_ID ?? '1'}_${made}`;
  await administer(server, `DROP DATABASE IF EXISTS ${name}`);
  await administer(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administer(server, `DROP DATABASE IF EXISTS ${name}`) };
}
