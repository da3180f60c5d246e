import { bad, type Check, type CheckResult, CLOCK_MS, notAsked, ok } from './check.js';
import { ACCESS_CHECKS } from './check-access.js';
import type { CheckFacts } from './check-facts.js';

/** `8.0.39`, `10.11.6-MariaDB`, `v20.19.0`: are its numbers at least these? */
function atLeast(version: string, wanted: readonly number[]): boolean {
  const numbers = (/\d+(\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
  for (const [i, want] of wanted.entries()) {
    const have = numbers[i] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

/** Every check: the same table at `doctor` and at the start. In an order in which the first failure is the one to mend. */
const CHECKS: readonly Check[] = [
  {
    name: 'node',
    refusesStart: false,
    judge: ({ node }) => {
      if (!atLeast(node, [20, 19])) {
        return bad('fail', node, '请安装 Node.js 20.19 以上、22 或 24', 'install Node.js 20.19 or newer, 22 or 24');
      }
      return ok(node);
    },
  },
  {
    name: 'secret_key',
    refusesStart: true,
    judge: ({ secretKey }) =>
      secretKey === 'set'
        ? ok('set')
        : bad('fail', 'unset', '设置 SECRET_KEY：openssl rand -base64 32', 'set SECRET_KEY: openssl rand -base64 32'),
  },
  {
    name: 'redis',
    refusesStart: false,
    judge: ({ redis }) => {
      if ('unknown' in redis) {
        return bad(
          'fail',
          redis.unknown,
          '检查 REDIS_URL、网络和密码',
          'check REDIS_URL, the network and the password',
        );
      }
      const { version } = redis.is;
      if (!atLeast(version, [5])) return bad('fail', version, '升级到 Redis 6.2 以上', 'upgrade to Redis 6.2 or newer');
      return atLeast(version, [6, 2])
        ? ok(version)
        : bad('warn', version, '建议 Redis 6.2 以上', 'Redis 6.2 or newer is advised');
    },
  },
  {
    name: 'redis_eviction',
    refusesStart: true,
    judge: ({ redis }) => {
      if ('unknown' in redis) return notAsked('?');
      const policy = redis.is.evictionPolicy;
      return policy === 'noeviction'
        ? ok(policy)
        : bad(
            'fail',
            policy || '?',
            '设置 maxmemory-policy noeviction，否则队列任务会被丢弃',
            'set maxmemory-policy noeviction: any other policy drops jobs',
          );
    },
  },
  {
    name: 'redis_persistence',
    refusesStart: false,
    judge: ({ redis }) => {
      if ('unknown' in redis) return notAsked('?');
      return redis.is.appendOnly
        ? ok('appendonly yes')
        : bad(
            'warn',
            'appendonly no',
            '建议 appendonly yes；否则重启后队列需从 MySQL 重建',
            'set appendonly yes; without it a restart rebuilds the queues from MySQL',
          );
    },
  },
  {
    name: 'redis_clock',
    refusesStart: false,
    judge: ({ redis }) => {
      if ('unknown' in redis) return notAsked('?');
      const { clockAheadMs } = redis.is;
      return Math.abs(clockAheadMs) < CLOCK_MS
        ? ok(`${clockAheadMs} ms`)
        : bad(
            'warn',
            `${clockAheadMs} ms`,
            '用 NTP 校准本机和 Redis 的时钟',
            'set the clocks of this machine and of Redis with NTP',
          );
    },
  },
  {
    name: 'database',
    refusesStart: false,
    judge: ({ database }) => {
      if ('unknown' in database) {
        return bad(
          'fail',
          database.unknown,
          '检查 DATABASE_URL、网络和密码',
          'check DATABASE_URL, the network and the password',
        );
      }
      const { version, isMariaDb } = database.is;
      return atLeast(version, isMariaDb ? [10, 6] : [8, 0])
        ? ok(version)
        : bad('fail', version, '需要 MySQL 8 或 MariaDB 10.6 以上', 'needs MySQL 8, or MariaDB 10.6 and newer');
    },
  },
  {
    name: 'database_durability',
    refusesStart: false,
    judge: ({ database }) => {
      if ('unknown' in database) return notAsked('?');
      const { flushAtCommit, syncBinlog } = database.is;
      const found = `innodb_flush_log_at_trx_commit=${flushAtCommit}${syncBinlog === null ? '' : ` sync_binlog=${syncBinlog}`}`;
      return flushAtCommit === 1 && (syncBinlog === null || syncBinlog === 1)
        ? ok(found)
        : bad(
            'warn',
            found,
            '两项都设为 1，否则断电会丢失已确认的数据',
            'set both to 1: otherwise a power cut loses what was confirmed',
          );
    },
  },
  {
    name: 'database_charset',
    refusesStart: false,
    judge: ({ database }) => {
      if ('unknown' in database) return notAsked('?');
      const { charset } = database.is;
      return charset === 'utf8mb4'
        ? ok(charset)
        : bad('warn', charset, '将数据库字符集设为 utf8mb4', 'set the character set of the database to utf8mb4');
    },
  },
  {
    name: 'database_clock',
    refusesStart: false,
    judge: ({ database }) => {
      if ('unknown' in database) return notAsked('?');
      const { clockAheadMs } = database.is;
      return Math.abs(clockAheadMs) < CLOCK_MS
        ? ok(`${clockAheadMs} ms`)
        : bad(
            'warn',
            `${clockAheadMs} ms`,
            '用 NTP 校准本机和数据库的时钟',
            'set the clocks of this machine and of the database with NTP',
          );
    },
  },
  {
    name: 'schema',
    refusesStart: true,
    judge: ({ schema }) => {
      if ('unknown' in schema) return notAsked('?');
      const { applied, missing, newer } = schema.is;
      if (newer.length > 0) {
        return bad(
          'fail',
          `newer: ${newer.join(', ')}`,
          '数据库属于更新的版本，请升级本程序',
          'the database belongs to a newer version: upgrade this program',
        );
      }
      return missing.length === 0
        ? ok(`${applied.length} migrations`)
        : bad('fail', `missing: ${missing.join(', ')}`, '运行 jiejian migrate', 'run jiejian migrate');
    },
  },
  {
    name: 'stored_secrets',
    refusesStart: true,
    judge: ({ settings }) => {
      if ('unknown' in settings) return notAsked(settings.unknown);
      return 'is' in settings
        ? ok('readable')
        : bad(
            'fail',
            settings.unreadable,
            '恢复原来的 SECRET_KEY，或重新 apply 配置',
            'set the SECRET_KEY they were stored with, or apply the configuration again',
          );
    },
  },
  {
    name: 'credentials',
    refusesStart: false,
    judge: ({ settings }) => {
      if (!('is' in settings)) return notAsked('?');
      const { shops, accounts, badCredentials } = settings.is;
      if (badCredentials.length > 0) {
        return bad(
          'fail',
          badCredentials.join(', '),
          '更正凭证后重新 apply',
          'correct their credentials and apply again',
        );
      }
      const found = `${shops} shops, ${accounts} accounts`;
      return shops > 0 && accounts > 0
        ? ok(found)
        : bad(
            'warn',
            found,
            '用 jiejian apply 添加店铺和快递账号',
            'add shops and carrier accounts with jiejian apply',
          );
    },
  },
  {
    name: 'tariffs',
    refusesStart: false,
    judge: ({ settings }) => {
      if (!('is' in settings)) return notAsked('?');
      const missing = settings.is.withoutTariff;
      return missing.length === 0
        ? ok('complete')
        : bad(
            'fail',
            `none: ${missing.join(', ')}`,
            '为这些快递添加 tariffs，否则无法记账',
            'add tariffs for these couriers: their fees cannot be booked without',
          );
    },
  },
];

/** Judges the facts by every check. Pure. */
export function judgeFacts(facts: CheckFacts): CheckResult[] {
  return [...CHECKS, ...ACCESS_CHECKS].map(({ name, refusesStart, judge }) => ({
    name,
    refusesStart,
    ...judge(facts),
  }));
}
