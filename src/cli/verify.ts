import { INVARIANTS } from '../domain/invariants.js';
import { verifyInvariants } from '../domain/store/verify-store.js';
import { type ServiceOptions, withDatabase } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { EXIT, printJson, printLine, printTable } from './io.js';
import { countingProgress } from './progress.js';

interface Options extends ServiceOptions {
  readonly json?: boolean;
}

/** `jiejian verify [--json]`: every invariant over the whole database; exit 1 and the rows if one is broken. */
export function verifyCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'verify', { zh: '检查数据库中的全部不变量', en: 'Check the invariants over the database' })
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const violations = await withDatabase(io, options, async ({ db }) => {
        const progress = countingProgress(io, { zh: '已检查的拦截', en: 'intercepts checked' });
        try {
          return await verifyInvariants(db, { now: io.now(), onProgress: progress.at });
        } finally {
          progress.done();
        }
      });
      if (options.json) printJson(io, { violations });
      else if (violations.length === 0) printLine(io, { zh: '全部不变量成立。', en: 'All invariants hold.' });
      else {
        printTable(
          io,
          [
            { zh: '不变量', en: 'invariant' },
            { zh: '数量', en: 'count' },
            { zh: '说明', en: 'what is broken' },
            { zh: '示例', en: 'sample' },
          ],
          violations.map(({ invariant, count, sample }) => [
            invariant,
            String(count),
            INVARIANTS[invariant][io.language],
            sample.join(' '),
          ]),
        );
      }
      end(violations.length === 0 ? EXIT.ok : EXIT.failed);
    });
}
