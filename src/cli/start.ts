import type { CheckResult } from '../check.js';
import { type CheckFacts, gatherFacts, reasonOf } from '../check-facts.js';
import { Database } from '../domain/store/database.js';
import { migrateOnce, schemaStatus } from '../domain/store/schema.js';
import { startVerdict } from '../start-checks.js';
import { CREDENTIALS } from '../system.js';
import { type Attached, attach, openDatabase, type ServiceOptions } from './attach.js';
import { newCommand, type Place } from './command.js';
import { CommandFailed, EXIT, type ExitCode, type Io, noteLine, printLine } from './io.js';
import { Interrupted, Signals } from './signals.js';

interface Options extends ServiceOptions {
  readonly migrate?: boolean;
}

/** How long a start waits for services that are just starting themselves, ms. */
const SERVICES_PATIENCE_MS = 60_000;
const ASK_AGAIN_MS = 2_000;
/** A stop takes 25 s at most, the embedded servers' own seconds included; orchestrators kill after 30. */
const STOP_LIMIT_MS = 20_000;
/** Asks until both services answer; a process that starts beside its database must not depend on the order. */
async function patientFacts(io: Io, attached: Attached, signals: Signals): Promise<CheckFacts> {
  const hasDoors = attached.config.roles.includes('web') && !attached.embedded;
  const giveUpAt = Date.now() + SERVICES_PATIENCE_MS;
  for (;;) {
    const facts = await gatherFacts({
      databaseUrl: attached.databaseUrl,
      redisUrl: attached.redisUrl,
      openDatabase: () => Database.open({ url: attached.databaseUrl, poolSize: 2 }),
      secrets: attached.secrets,
      credentials: CREDENTIALS,
      now: io.now(),
    });
    const away = [
      'unknown' in facts.redis ? `Redis (${facts.redis.unknown})` : null,
      'unknown' in facts.database ? `MySQL (${facts.database.unknown})` : null,
    ].filter((name) => name !== null);
    if (away.length === 0) return facts;
    // The doors need MySQL alone: an event that is turned away because Redis is late may not come again (F30).
    if (hasDoors && !('unknown' in facts.database)) return facts;
    const names = away.join(', ');
    if (Date.now() > giveUpAt) {
      throw new CommandFailed({
        zh: `无法连接 ${names}。请检查 DATABASE_URL 和 REDIS_URL，或运行 jiejian doctor。`,
        en: `${names} cannot be reached. Check DATABASE_URL and REDIS_URL, or run jiejian doctor.`,
      });
    }
    noteLine(io, { zh: `等待 ${names}`, en: `waiting for ${names}` });
    await signals.pause(ASK_AGAIN_MS);
  }
}

/** Brings the schema up where that is wanted. A newer schema is left alone: the checks refuse it. */
async function migrateFirst(io: Io, attached: Attached): Promise<void> {
  const db = await openDatabase(attached.databaseUrl);
  try {
    if ((await schemaStatus(db)).newer.length > 0) return;
    for (const name of await migrateOnce(db))
      noteLine(io, { zh: `已应用迁移 ${name}`, en: `applied migration ${name}` });
  } finally {
    await db.close();
  }
}

const lineOf = (io: Io) => (result: CheckResult) =>
  `  ${result.name}: ${result.found}${result.todo ? ` — ${result.todo[io.language]}` : ''}`;

async function checkStart(io: Io, attached: Attached, migrate: boolean, signals: Signals): Promise<void> {
  const before = await patientFacts(io, attached, signals);
  const lacksSchema = 'is' in before.schema && before.schema.is.missing.length > 0;
  if (migrate && lacksSchema) await migrateFirst(io, attached);
  const facts = migrate && lacksSchema ? await patientFacts(io, attached, signals) : before;
  const { refuse, warn } = startVerdict(facts, attached.embedded);
  for (const result of warn) noteLine(io, lineOf(io)(result));
  if (refuse.length === 0) return;
  const lines = refuse.map(lineOf(io)).join('\n');
  throw new CommandFailed({ zh: `未启动：\n${lines}`, en: `Not started:\n${lines}` }, EXIT.config);
}

/** Stops in order; false when that took longer than an orchestrator waits. */
async function stopWithin(stop: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), STOP_LIMIT_MS);
  });
  const isDone = await Promise.race([stop().then(() => true as const), late]);
  clearTimeout(timer);
  return isDone;
}

const isPortTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

async function run(io: Io, options: Options): Promise<ExitCode> {
  const attached = await attach(io, options);
  const signals = new Signals();
  const { config, databaseUrl, redisUrl, secretKey, embedded } = attached;
  try {
    await checkStart(io, attached, embedded || (options.migrate ?? false), signals);
    const { startJiejian } = await import('../main.js');
    const { roles, host, port } = config;
    const system = await startJiejian({ config, databaseUrl, redisUrl, secretKey, embedded, roles, host, port });
    const where = system.url === '' ? '' : ` ${system.url}`;
    const what = roles.join(', ');
    printLine(io, { zh: `截件已启动${where}（${what}）`, en: `Jiejian is running${where && ` at${where}`} (${what})` });
    const name = await signals.first;
    noteLine(io, { zh: `收到 ${name}，正在停止`, en: `${name}: stopping` });
    if (await stopWithin(() => system.stop())) return EXIT.ok;
    noteLine(io, { zh: '未能在 20 秒内停止，强制结束', en: 'It did not stop within 20 s and is ended' });
    return EXIT.failed;
  } catch (error) {
    if (error instanceof Interrupted) return EXIT.ok;
    throw isPortTaken(error)
      ? new CommandFailed({
          zh: `${reasonOf(error)}。端口已被占用：停止占用它的程序，或设置 PORT。`,
          en: `${reasonOf(error)}. The port is taken: stop the program that has it, or set PORT.`,
        })
      : error;
  } finally {
    await attached.stop();
    signals.release();
  }
}

/** `jiejian start [--roles …]`: runs until SIGTERM or SIGINT. */
export function startCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'start', { zh: '运行', en: 'Run' })
    .option(
      '--roles <roles>',
      { zh: 'web,worker,scheduler 的组合（默认全部）', en: 'some of web,worker,scheduler (default all)' }[io.language],
    )
    .option('--migrate', { zh: '先应用缺少的迁移', en: 'apply missing migrations first' }[io.language])
    .action(async (options: Options) => end(await run(io, options)));
}
