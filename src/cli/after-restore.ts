import { doubtUnsent } from '../domain/store/restore-store.js';
import { type ServiceOptions, withDatabase } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { CommandFailed, EXIT, printJson, printLine } from './io.js';

interface Options extends ServiceOptions {
  readonly since: string;
  readonly json?: boolean;
}

/**
 * `jiejian after-restore --since <time>`: after the database came back from a backup, everything that looks unsent is
 * asked for at its courier. To be repeated until it ends with 0; until then SAFE_MODE stays on (docs/restore.md).
 */
export function afterRestoreCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'after-restore', {
    zh: '数据库从备份恢复后：逐一向快递核实未发送的拦截',
    en: 'After a restore from a backup: ask the couriers about everything that looks unsent',
  })
    .requiredOption(
      '--since <time>',
      { zh: '恢复完成的时间，ISO 8601', en: 'when the restore was done, ISO 8601' }[io.language],
    )
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const since = new Date(options.since);
      if (Number.isNaN(since.getTime())) {
        throw new CommandFailed({ zh: '--since 不是时间。', en: '--since is not a time.' }, EXIT.usage);
      }
      const doubted = await withDatabase(io, options, ({ db }) => doubtUnsent(db, since, io.now()));
      if (options.json) printJson(io, doubted);
      else {
        const { asked, handedOver, open } = doubted;
        printLine(io, {
          zh: `新核实 ${asked} 条，转人工 ${handedOver} 条，等待快递答复 ${open} 条。`,
          en: `${asked} asked about now, ${handedOver} handed to a person, ${open} still waiting for an answer.`,
        });
      }
      end(doubted.asked === 0 && doubted.open === 0 ? EXIT.ok : EXIT.failed);
    });
}
