import type { CheckStatus } from '../check.js';
import { gatherFacts } from '../check-facts.js';
import { judgeFacts } from '../checks.js';
import { Database } from '../domain/store/database.js';
import { CREDENTIALS } from '../system.js';
import { attach, type ServiceOptions } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { EXIT, printJson, printTable } from './io.js';

interface Options extends ServiceOptions {
  readonly json?: boolean;
}

const MARKS = {
  ok: { zh: '正常', en: 'ok' },
  warn: { zh: '警告', en: 'warn' },
  fail: { zh: '失败', en: 'FAIL' },
} as const satisfies Record<CheckStatus, { zh: string; en: string }>;

/** `jiejian doctor`: every check with what was found and what to do; exit 1 when one fails. */
export function doctorCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'doctor', {
    zh: '检查 Node、Redis、数据库、结构、账号和密钥',
    en: 'Check Node, Redis, the database, its schema, accounts and secrets',
  })
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const attached = await attach(io, options);
      try {
        const facts = await gatherFacts({
          databaseUrl: attached.databaseUrl,
          redisUrl: attached.redisUrl,
          openDatabase: () => Database.open({ url: attached.databaseUrl, poolSize: 2 }),
          secrets: attached.secrets,
          credentials: CREDENTIALS,
          now: io.now(),
        });
        const results = judgeFacts(facts);
        if (options.json) printJson(io, { checks: results.map(({ refusesStart: _, ...result }) => result) });
        else {
          printTable(
            io,
            [
              { zh: '检查', en: 'check' },
              { zh: '结果', en: 'result' },
              { zh: '发现', en: 'found' },
              { zh: '怎么办', en: 'what to do' },
            ],
            results.map(({ name, status, found, todo }) => [
              name,
              MARKS[status][io.language],
              found,
              todo?.[io.language] ?? '',
            ]),
          );
        }
        end(results.some((result) => result.status === 'fail') ? EXIT.failed : EXIT.ok);
      } finally {
        await attached.stop();
      }
    });
}
