import { join } from 'node:path';
import { reasonOf } from '../check-facts.js';
import { type Config, describeProblem, readConfig } from '../config.js';
import { createSecrets, type Secrets } from '../domain/secrets/secrets.js';
import { Database } from '../domain/store/database.js';
import { migrateOnce, schemaStatus } from '../domain/store/schema.js';
import { MissingServerError } from '../embedded/binaries.js';
import { startServices } from '../embedded/services.js';
import { CommandFailed, EXIT, type Io, noteLine } from './io.js';

/** Options of every command that needs the services. */
export interface ServiceOptions {
  readonly data?: string;
  readonly roles?: string;
}

/** The services a command works on, and how to let go of them. */
export interface Attached {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** null cannot happen in production: the configuration is refused before. */
  readonly secretKey: string;
  /** Opens and seals with it, and opens what SECRET_KEY_PREVIOUS sealed. */
  readonly secrets: Secrets;
  readonly embedded: boolean;
  stop(): Promise<void>;
}

/** The configuration, or a failure that lists all that is wrong with it (exit 78). */
function configOf(io: Io, options: ServiceOptions): Config {
  const env = {
    ...io.env,
    ...(options.data === undefined ? {} : { JIEJIAN_DATA: options.data }),
    ...(options.roles === undefined ? {} : { ROLES: options.roles }),
  };
  const result = readConfig(env);
  if (result.ok) return result.config;
  const lines = (language: 'zh' | 'en') => result.problems.map((p) => `  ${describeProblem(p, language)}`).join('\n');
  throw new CommandFailed(
    {
      zh: `配置有误，请更正环境变量：\n${lines('zh')}`,
      en: `The configuration is wrong; correct these variables:\n${lines('en')}`,
    },
    EXIT.config,
  );
}

/** Attaches to the services the environment names, else to the embedded ones, started if nobody runs them. */
export async function attach(io: Io, options: ServiceOptions): Promise<Attached> {
  const config = configOf(io, options);
  const { databaseUrl, redisUrl, secretKey, previousSecretKey } = config;
  if (databaseUrl !== null && redisUrl !== null && secretKey !== null) {
    const secrets = createSecrets(secretKey, previousSecretKey);
    return { config, databaseUrl, redisUrl, secretKey, secrets, embedded: false, stop: async () => undefined };
  }
  try {
    const services = await startServices({
      dir: join('.data', config.dataName),
      onLog: (line) => noteLine(io, line),
    });
    const key = secretKey ?? services.secretKey;
    return {
      config,
      databaseUrl: services.databaseUrl,
      redisUrl: services.redisUrl,
      secretKey: key,
      secrets: createSecrets(key, previousSecretKey),
      embedded: true,
      stop: () => services.stop(),
    };
  } catch (error) {
    if (error instanceof MissingServerError) throw new CommandFailed({ zh: error.zh, en: error.en });
    const why = reasonOf(error);
    throw new CommandFailed({
      zh: `内置服务无法启动：${why}`,
      en: `The embedded services could not be started: ${why}`,
    });
  }
}

/** A command may wait for a busy database; a web request may not. */
const PATIENCE_MS = 30_000;

/** Opens the database; the failure says what to look at. */
export async function openDatabase(url: string): Promise<Database> {
  try {
    return await Database.open({ url, poolSize: 12, acquireTimeoutMs: PATIENCE_MS });
  } catch (error) {
    const why = reasonOf(error);
    throw new CommandFailed({
      zh: `无法连接数据库：${why}。请检查 DATABASE_URL、网络和密码，或运行 jiejian doctor。`,
      en: `The database cannot be reached: ${why}. Check DATABASE_URL, the network and the password, or run jiejian doctor.`,
    });
  }
}

/** The schema must be this code's own. The embedded database is brought up to it; another's is left to `migrate`. */
export async function fitSchema(db: Database, embedded: boolean): Promise<void> {
  const { missing, newer } = await schemaStatus(db);
  if (newer.length > 0) {
    throw new CommandFailed({
      zh: `数据库属于更新的版本（${newer.join(', ')}）。请升级本程序。`,
      en: `The database belongs to a newer version (${newer.join(', ')}). Upgrade this program.`,
    });
  }
  if (missing.length === 0) return;
  if (!embedded) {
    throw new CommandFailed({
      zh: `数据库缺少迁移：${missing.join(', ')}。请先运行 jiejian migrate。`,
      en: `The database lacks migrations: ${missing.join(', ')}. Run jiejian migrate first.`,
    });
  }
  await migrateOnce(db);
}

export interface Workplace extends Attached {
  readonly db: Database;
}

/** Runs `work` with an open database of the right schema, and lets go of everything after it. */
export async function withDatabase<T>(
  io: Io,
  options: ServiceOptions,
  work: (place: Workplace) => Promise<T>,
): Promise<T> {
  const attached = await attach(io, options);
  try {
    const db = await openDatabase(attached.databaseUrl);
    try {
      await fitSchema(db, attached.embedded);
      return await work({ ...attached, db });
    } finally {
      await db.close();
    }
  } finally {
    await attached.stop();
  }
}
