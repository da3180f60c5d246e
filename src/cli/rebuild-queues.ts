import { Redis } from 'ioredis';
import { reasonOf } from '../check-facts.js';
import { loadSettings } from '../domain/store/settings-store.js';
import { Queues } from '../producers/queues.js';
import { type Drift, rebuildQueues } from '../producers/rebuild.js';
import { redisOptions } from '../redis.js';
import { BOOK } from '../system.js';
import { type ServiceOptions, type Workplace, withDatabase } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { CommandFailed, EXIT, type Io, printJson, printLine, printTable } from './io.js';

interface Options extends ServiceOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

async function rebuild(io: Io, place: Workplace, dryRun: boolean): Promise<Drift[]> {
  const settings = await loadSettings(place.db, place.secrets);
  const redis = new Redis({ ...redisOptions(place.redisUrl, 'producer'), lazyConnect: true });
  redis.on('error', () => undefined);
  const queues = new Queues(redis, () => undefined);
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    const why = reasonOf(error);
    throw new CommandFailed({
      zh: `无法连接 Redis：${why}。请检查 REDIS_URL，或运行 jiejian doctor。`,
      en: `Redis cannot be reached: ${why}. Check REDIS_URL, or run jiejian doctor.`,
    });
  }
  try {
    const deps = { db: place.db, queues, book: BOOK, settings: () => settings, now: io.now, log: () => undefined };
    return await rebuildQueues(deps, dryRun);
  } finally {
    await queues.close().catch(() => undefined);
    redis.disconnect();
  }
}

function printDrift(io: Io, drift: readonly Drift[], dryRun: boolean): void {
  if (drift.length === 0) {
    printLine(io, { zh: 'Redis 与数据库一致。', en: 'Redis matches the database.' });
    return;
  }
  printTable(
    io,
    [
      { zh: '队列', en: 'queue' },
      { zh: '缺少任务的行', en: 'rows without a job' },
      { zh: '多余的任务', en: 'jobs without a row' },
    ],
    drift.map(({ queue, withoutJob, withoutRow }) => [queue, String(withoutJob), String(withoutRow)]),
  );
  if (dryRun) printLine(io, { zh: '以上为预览，未做修改。', en: 'This was a preview; nothing was changed.' });
  else {
    printLine(io, {
      zh: '已收回缺少任务的行（将重新派发），已删除多余的任务。',
      en: 'Rows were taken back, to be handed over anew; jobs without a row were removed.',
    });
  }
}

/** `jiejian rebuild-queues [--dry-run]`: make Redis match MySQL; print the drift. */
export function rebuildQueuesCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'rebuild-queues', {
    zh: '让 Redis 与数据库一致，并显示差异',
    en: 'Make Redis match the database; print the drift',
  })
    .option('--dry-run', { zh: '只显示差异', en: 'only show the drift' }[io.language])
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const dryRun = options.dryRun ?? false;
      const drift = await withDatabase(io, options, (place) => rebuild(io, place, dryRun));
      if (options.json) printJson(io, { dryRun, drift });
      else printDrift(io, drift, dryRun);
      end(EXIT.ok);
    });
}
