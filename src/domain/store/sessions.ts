import { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';

/** What every session is set to. */
export const SESSION = [
  `SET SESSION time_zone = '+00:00', SESSION innodb_lock_wait_timeout = 5,
     SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** TypeORM has no hook for new connections, its driver's mysql2 pool has one. Statements queue before the first user's. */
export function prepareEverySession(source: DataSource): void {
  const pool: unknown = Reflect.get(source.driver, 'pool');
  if (!(pool instanceof EventEmitter)) throw new Error('the MySQL driver has no pool to prepare sessions on');
  pool.on('connection', (connection: { query(sql: string): void; promise(): object }) => {
    for (const sql of SESSION) connection.query(sql);
    // It would make another for each statement, and look its class up in the file system's cache each time.
    const asPromised = connection.promise();
    connection.promise = () => asPromised;
  });
}

/** Closes the connection that a runner holds: whatever it was in the middle of must not meet the next user. */
export function destroyConnection(runner: object): void {
  const connection: unknown = Reflect.get(runner, 'databaseConnection');
  if (typeof connection === 'object' && connection !== null && 'destroy' in connection) {
    if (typeof connection.destroy === 'function') connection.destroy();
  }
}
