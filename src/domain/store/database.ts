import { DataSource } from 'typeorm';
import { failpoint, phaseOfCaller } from '../failpoint.js';
import { Configuration0001 } from './migrations/0001-configuration.js';
import { Parcels0002 } from './migrations/0002-parcels.js';
import { MoneyAndPeople0003 } from './migrations/0003-money-and-people.js';
import { Replays0004 } from './migrations/0004-replays.js';
import { Outbox0005 } from './migrations/0005-outbox.js';
import { Intake0006 } from './migrations/0006-intake.js';
import { Batches0009 } from './migrations/0009-batches.js';
import { Overview0010 } from './migrations/0010-overview.js';
import { Urgency0011 } from './migrations/0011-urgency.js';
import { Refunds0012 } from './migrations/0012-refunds.js';
import { AuditAppendOnly0013 } from './migrations/0013-audit-append-only.js';
import { ReturnsAndClaims0014 } from './migrations/0014-returns-and-claims.js';
import { Bills0015 } from './migrations/0015-bills.js';
import { Policies0016 } from './migrations/0016-policies.js';
import { Expectations0017 } from './migrations/0017-expectations.js';
import { FormerCredentials0018 } from './migrations/0018-former-credentials.js';
import { Reads0019 } from './migrations/0019-reads.js';
import { RefundsByShop0020 } from './migrations/0020-refunds-by-shop.js';
import { destroyConnection, prepareEverySession, SESSION } from './sessions.js';

/** Values mysql2 can bind; arrays expand to lists, nested arrays to rows of a multi-row INSERT. */
export type SqlValue = string | number | bigint | boolean | Date | null | Buffer | readonly SqlValue[];

/** One connection's view: inside a transaction, or the pool. */
export interface Sql {
  /** Rows of a SELECT, as plain objects. */
  rows<T>(sql: string, values?: readonly SqlValue[]): Promise<T[]>;
  /** Affected rows of a write. */
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize?: number;
  /** A statement that takes longer is given up, ms: mysql2 by itself waits for ever on a frozen server. */
  readonly statementTimeoutMs?: number;
  /** Longest wait for a connection of the pool, ms. */
  readonly acquireTimeoutMs?: number;
}

/** The database cannot be reached, or did not answer in time. The statement may or may not have taken effect. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_ENQUEUE_AFTER_QUIT',
  'PROTOCOL_ENQUEUE_AFTER_DESTROY',
  'POOL_CLOSED',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_QUERY_INTERRUPTED',
]);
/** Deadlock, lock wait, and MariaDB's "record has changed since last read": the transaction is whole again if repeated. */
const REPEATABLE = new Set([1213, 1205, 1020]);
const MAX_TRIES = 8;

function field(error: unknown, name: 'code' | 'errno'): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  const own = (error as Record<string, unknown>)[name];
  return own ?? ((error as Record<string, unknown>)['driverError'] as Record<string, unknown> | undefined)?.[name];
}

/** Does this error say that a unique key refused a second row? */
export function isDuplicate(error: unknown): boolean {
  return field(error, 'errno') === 1062;
}

function translate(error: unknown): unknown {
  const code = field(error, 'code');
  const text = error instanceof Error ? error.message : '';
  if (
    (typeof code === 'string' && LOST.has(code)) ||
    /Pool is closed|Connection is not established|Queue limit/.test(text)
  ) {
    return new DatabaseUnavailable(`database unavailable (${String(code ?? text)})`, { cause: error });
  }
  return error;
}

type Runner = ReturnType<DataSource['createQueryRunner']>;

/** MySQL behind TypeORM: pool, migrations, transactions. The truth about parcels and money (design.md). */
export class Database implements Sql {
  private constructor(
    readonly source: DataSource,
    private readonly acquireTimeoutMs: number,
  ) {}

  static async open(options: DatabaseOptions): Promise<Database> {
    const statementTimeoutMs = options.statementTimeoutMs ?? 10_000;
    const source = new DataSource({
      type: 'mysql',
      url: options.url,
      charset: 'utf8mb4',
      timezone: 'Z',
      supportBigNumbers: true,
      bigNumberStrings: false,
      connectTimeout: 3_000,
      poolSize: options.poolSize ?? 16,
      maxQueryExecutionTime: statementTimeoutMs,
      enableQueryTimeout: true,
      logging: false,
      // A stack for each statement, for the rare one that fails, costs a twentieth of a worker's time.
      trace: false,
      migrations: [
        Configuration0001,
        Parcels0002,
        MoneyAndPeople0003,
        Replays0004,
        Outbox0005,
        Intake0006,
        Batches0009,
        Overview0010,
        Urgency0011,
        Refunds0012,
        AuditAppendOnly0013,
        ReturnsAndClaims0014,
        Bills0015,
        Policies0016,
        Expectations0017,
        FormerCredentials0018,
        Reads0019,
        RefundsByShop0020,
      ],
      migrationsTableName: 'schema_migration',
      extra: { stringifyObjects: true, queueLimit: 512, enableKeepAlive: true },
    });
    try {
      await source.initialize();
    } catch (error) {
      throw translate(error);
    }
    prepareEverySession(source);
    const database = new Database(source, options.acquireTimeoutMs ?? 2_000);
    // The connection that was opened before is given the same settings.
    for (const sql of SESSION) await database.run(sql);
    return database;
  }

  async rows<T>(sql: string, values: readonly SqlValue[] = []): Promise<T[]> {
    return this.withRunner((tx) => tx.rows<T>(sql, values));
  }

  async run(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.withRunner((tx) => tx.run(sql, values));
  }

  /**
   * Runs `work` in one READ COMMITTED transaction and commits it. A deadlock repeats the whole of it, so `work` must
   * have no effect but on the database. After DatabaseUnavailable the commit may have happened: read, never assume.
   */
  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const phase = phaseOfCaller();
    return this.repeating(async (sql, runner) => {
      await runner.startTransaction();
      try {
        const result = await work(sql);
        failpoint(`${phase}.commit`);
        await runner.commitTransaction();
        failpoint(`${phase}.committed`);
        return result;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
    });
  }

  /**
   * Runs `work`, whose last statement is the only one that writes and commits by itself: two statements less than a transaction, on
   * the way of every event. Otherwise as `transaction`.
   */
  async autocommit<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const phase = phaseOfCaller();
    return this.repeating(async (sql) => {
      failpoint(`${phase}.commit`);
      const result = await work(sql);
      failpoint(`${phase}.committed`);
      return result;
    });
  }

  private async repeating<T>(work: (sql: Sql, runner: Runner) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.withRunner(work);
      } catch (error) {
        if (tries >= MAX_TRIES || !REPEATABLE.has(field(error, 'errno') as number)) throw error;
        // Those who deadlocked together must not meet again at once.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * tries));
      }
    }
  }

  private async withRunner<T>(work: (sql: Sql, runner: Runner) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await this.acquire(runner);
      return await work(
        {
          rows: (sql, values = []) => runner.query(sql, [...values]),
          run: async (sql, values = []) => {
            const result: unknown = await runner.query(sql, [...values]);
            return (result as { affectedRows?: number }).affectedRows ?? 0;
          },
        },
        runner,
      );
    } catch (error) {
      const known = translate(error);
      // A statement given up half way leaves its connection in the middle of something: it must not be used again.
      if (known instanceof DatabaseUnavailable) destroyConnection(runner);
      throw known;
    } finally {
      await runner.release();
    }
  }

  private async acquire(runner: Runner): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new DatabaseUnavailable('no database connection became free in time')),
        this.acquireTimeoutMs,
      );
    });
    const connecting: Promise<unknown> = runner.connect();
    try {
      await Promise.race([connecting, late]);
    } catch (error) {
      // Should the connection come after all, it goes straight back.
      connecting.then(
        () => runner.release(),
        () => undefined,
      );
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Does the database answer at this moment? */
  async answers(): Promise<boolean> {
    return this.rows('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  /** Applies what is missing; returns the names applied. */
  async migrate(): Promise<string[]> {
    const done = await this.source.runMigrations({ transaction: 'none' });
    return done.map((m) => m.name);
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}
