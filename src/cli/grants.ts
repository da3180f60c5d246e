import { appGrants, quotedAccount, readerGrants } from '../domain/store/grants.js';
import { type ServiceOptions, withDatabase } from './attach.js';
import { misused, newCommand, type Place } from './command.js';
import { EXIT, printLine } from './io.js';

interface Options extends ServiceOptions {
  readonly app?: string;
  readonly reader?: string;
}

function accountOf(text: string): string {
  const account = quotedAccount(text);
  if (account === null) throw misused(`“${text}” 不是 用户@主机`, `"${text}" is not user@host`);
  return account;
}

/** `jiejian grants --app user@host`: prints the least that an account needs, for a database administrator to run. */
export function grantsCommand({ program, io, end }: Place): void {
  newCommand(program, io, 'grants', {
    zh: '打印数据库账号所需的最小权限（GRANT 语句），迁移后由管理员执行',
    en: 'Print the least rights of a database account as GRANT statements, to be run by an administrator after migrating',
  })
    .option('--app <user@host>', { zh: '程序使用的账号', en: 'the account the program runs under' }[io.language])
    .option('--reader <user@host>', { zh: '只读报表账号', en: 'an account that only reads figures' }[io.language])
    .action(async (options: Options) => {
      const { app, reader } = options;
      if (app === undefined && reader === undefined)
        throw misused('请给出 --app 或 --reader', 'give --app or --reader');
      const statements = await withDatabase(io, options, async ({ db }) => [
        ...(app === undefined ? [] : await appGrants(db, accountOf(app))),
        ...(reader === undefined ? [] : await readerGrants(db, accountOf(reader))),
      ]);
      for (const statement of statements) printLine(io, `${statement};`);
      end(EXIT.ok);
    });
}
