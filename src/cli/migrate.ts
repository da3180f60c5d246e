import { migrateOnce, schemaStatus } from '../domain/store/schema.js';
import { attach, fitSchema, openDatabase, type ServiceOptions } from './attach.js';
import { JSON_OPTION, newCommand, type Place } from './command.js';
import { EXIT, printJson, printLine, printTable } from './io.js';

interface Options extends ServiceOptions {
  readonly status?: boolean;
  readonly json?: boolean;
}

/** `jiejian migrate [--status]`: applies what is missing, or lists what is and what is not applied. */
export function migrateCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'migrate', { zh: '应用数据库迁移', en: 'Apply the migrations of the database' })
    .option('--status', { zh: '只列出，不应用', en: 'only list them' }[io.language])
    .option('--json', JSON_OPTION[io.language])
    .action(async (options: Options) => {
      const attached = await attach(io, options);
      try {
        const db = await openDatabase(attached.databaseUrl);
        try {
          if (!options.status) {
            const before = await schemaStatus(db);
            if (before.newer.length > 0) await fitSchema(db, attached.embedded);
            const applied = await migrateOnce(db);
            if (options.json) printJson(io, { applied });
            else if (applied.length === 0) printLine(io, { zh: '数据库已是最新。', en: 'The database is up to date.' });
            else for (const name of applied) printLine(io, { zh: `已应用 ${name}`, en: `applied ${name}` });
            return end(EXIT.ok);
          }
          const status = await schemaStatus(db);
          if (options.json) printJson(io, status);
          else {
            const rows = (names: readonly string[], zh: string, en: string) =>
              names.map((name) => [name, { zh, en }[io.language]]);
            printTable(
              io,
              [
                { zh: '迁移', en: 'migration' },
                { zh: '状态', en: 'status' },
              ],
              [
                ...rows(
                  status.applied.filter((name) => !status.newer.includes(name)),
                  '已应用',
                  'applied',
                ),
                ...rows(status.missing, '缺少', 'missing'),
                ...rows(status.newer, '来自更新的版本', 'of a newer version'),
              ],
            );
          }
          end(EXIT.ok);
        } finally {
          await db.close();
        }
      } finally {
        await attached.stop();
      }
    });
}
