import { verifyChain } from '../domain/store/audit-store.js';
import type { Text } from '../domain/text.js';
import { type ServiceOptions, withDatabase } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { EXIT, printJson, printLine } from './io.js';

interface Options extends ServiceOptions {
  readonly json?: boolean;
}

const WHY = {
  changed: { zh: '该行内容被改动', en: 'its content was changed' },
  row_missing: { zh: '该行之前有行被删除或插入', en: 'rows before it were removed or put in' },
  end_missing: { zh: '末尾的行被删除', en: 'rows at the end were removed' },
} as const satisfies Record<string, Text>;

/** `jiejian audit verify`: walks the chain of hashes; exit 1 where it breaks. */
export function auditCommand({ program, io, end }: Place): void {
  const audit = program.command('audit').description({ zh: '审计链', en: 'The audit chain' }[io.language]);
  newCommand(audit, io, 'verify', { zh: '检查审计链是否完整', en: 'Check that nobody changed the audit log' })
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const check = await withDatabase(io, options, ({ db }) => verifyChain(db));
      if (options.json) printJson(io, check);
      else if (check.ok)
        printLine(io, { zh: `审计链完整，共 ${check.rows} 行。`, en: `The audit chain is whole: ${check.rows} rows.` });
      else {
        const row = check.brokenAt === null ? '' : ` ${check.brokenAt}`;
        printLine(io, {
          zh: `审计链在第${row} 行断裂：${WHY[check.why].zh}。请与备份比对。`,
          en: `The audit chain breaks at row${row}: ${WHY[check.why].en}. Compare it with a backup.`,
        });
      }
      end(check.ok ? EXIT.ok : EXIT.failed);
    });
}
