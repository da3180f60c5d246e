import { missingAnchors, verifyChain } from '../domain/store/audit-store.js';
import type { Text } from '../domain/text.js';
import { type ServiceOptions, withDatabase } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { EXIT, printJson, printLine } from './io.js';

interface Options extends ServiceOptions {
  readonly anchor?: readonly string[];
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
    .option(
      '--anchor <hash...>',
      { zh: '必须在链中的哈希（日志中的 audit.anchor）', en: 'hashes that must be in it: audit.anchor in the log' }[
        io.language
      ],
    )
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const { check, missing } = await withDatabase(io, options, async ({ db }) => ({
        check: await verifyChain(db),
        missing: await missingAnchors(db, options.anchor ?? []),
      }));
      if (options.json) printJson(io, { ...check, missingAnchors: missing });
      else if (check.ok)
        printLine(io, {
          zh: `审计链完整，共 ${check.rows} 行。锚点 ${check.head}`,
          en: `The audit chain is whole: ${check.rows} rows. Anchor ${check.head}`,
        });
      else {
        const row = check.brokenAt === null ? '' : ` ${check.brokenAt}`;
        printLine(io, {
          zh: `审计链在第${row} 行断裂：${WHY[check.why].zh}。请与备份比对。`,
          en: `The audit chain breaks at row${row}: ${WHY[check.why].en}. Compare it with a backup.`,
        });
      }
      if (missing.length > 0 && !options.json)
        printLine(io, {
          zh: `审计链不含先前记下的锚点 ${missing.join(' ')}：整条链被重写。请与备份比对。`,
          en: `The audit chain lacks anchors noted before: ${missing.join(' ')}. All of it was rewritten; compare it with a backup.`,
        });
      end(check.ok && missing.length === 0 ? EXIT.ok : EXIT.failed);
    });
}
