import { text as readAll } from 'node:stream/consumers';
import { generatePassword, SHORTEST_PASSWORD } from '../domain/people/password.js';
import type { User } from '../domain/people/people.js';
import { isUserRole, USER_ROLES } from '../domain/people/scopes.js';
import { addUser, disableUser, listUsers, setPassword } from '../domain/store/people-store.js';
import { type ServiceOptions, withDatabase } from './attach.js';
import { JSON_OPTION, listOf, misused, newCommand, type Place } from './command.js';
import { CommandFailed, EXIT, type Io, printJson, printLine, printTable } from './io.js';
import { warnUnknownShops } from './known-shops.js';

interface PasswordOptions extends ServiceOptions {
  readonly email?: string;
  readonly passwordStdin?: boolean;
  readonly generate?: boolean;
  readonly json?: boolean;
}

interface AddOptions extends PasswordOptions {
  readonly role: string;
  readonly shops?: string;
}

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,120}$/;

/** The address, given as an option or as the command's word. */
function emailOf(word: string | undefined, options: { readonly email?: string }): string {
  const email = options.email ?? word;
  if (email === undefined) throw misused('缺少 --email', 'say who: --email E');
  if (!EMAIL.test(email)) throw misused(`“${email}” 不是邮箱地址`, `"${email}" is not an email address`);
  return email;
}

/** Passwords come from standard input or from us, never from the command line, where every process could read them. */
async function passwordOf(io: Io, options: PasswordOptions): Promise<{ password: string; generated: boolean }> {
  if (options.generate && options.passwordStdin) {
    throw misused('--generate 与 --password-stdin 只能选一个', 'give --generate or --password-stdin, not both');
  }
  if (options.generate) return { password: generatePassword(), generated: true };
  if (!options.passwordStdin)
    throw misused('请给出 --password-stdin 或 --generate', 'give --password-stdin or --generate');
  const password = (await readAll(io.stdin)).replace(/\r?\n$/, '');
  if (password.length < SHORTEST_PASSWORD) {
    throw misused(
      `密码至少 ${SHORTEST_PASSWORD} 个字符`,
      `the password must hold at least ${SHORTEST_PASSWORD} characters`,
    );
  }
  return { password, generated: false };
}

function noSuchUser(email: string): CommandFailed {
  return new CommandFailed({
    zh: `没有用户 ${email}。用 jiejian user list 查看。`,
    en: `There is no user ${email}. See jiejian user list.`,
  });
}

const shown = ({ id, email, role, shops, disabled, createdAt }: User) => ({
  id,
  email,
  role,
  shops,
  disabled,
  createdAt: createdAt.toISOString(),
});

function printPassword(io: Io, password: string): void {
  printLine(io, { zh: `密码：${password}（只显示这一次）`, en: `password: ${password} (shown only this once)` });
}

async function add(io: Io, word: string | undefined, options: AddOptions): Promise<void> {
  const email = emailOf(word, options);
  const { role } = options;
  if (!isUserRole(role)) {
    throw misused(`角色必须是 ${USER_ROLES.join('、')} 之一`, `--role must be one of ${USER_ROLES.join(', ')}`);
  }
  const { password, generated } = await passwordOf(io, options);
  const shops = listOf(options.shops);
  const user = await withDatabase(io, options, async ({ db }) => {
    await warnUnknownShops(io, db, shops);
    return addUser(db, { email, password, role, shops }, { actor: io.actor, now: io.now() });
  });
  if (!user) {
    throw new CommandFailed({
      zh: `用户 ${email} 已存在。改密码用 jiejian user passwd。`,
      en: `There is a user ${email} already. jiejian user passwd gives him another password.`,
    });
  }
  if (options.json) return printJson(io, { ...shown(user), ...(generated ? { password } : {}) });
  printLine(io, { zh: `已添加 ${user.email}（${user.role}）`, en: `added ${user.email} (${user.role})` });
  if (generated) printPassword(io, password);
}

async function list(io: Io, options: ServiceOptions & { readonly json?: boolean }): Promise<void> {
  const users = await withDatabase(io, options, ({ db }) => listUsers(db));
  if (options.json) return printJson(io, { items: users.map(shown) });
  printTable(
    io,
    [
      { zh: '邮箱', en: 'email' },
      { zh: '角色', en: 'role' },
      { zh: '店铺', en: 'shops' },
      { zh: '状态', en: 'state' },
    ],
    users.map((user) => [
      user.email,
      user.role,
      user.shops?.join(',') ?? '*',
      (user.disabled ? { zh: '已停用', en: 'disabled' } : { zh: '正常', en: 'active' })[io.language],
    ]),
  );
}

async function passwd(io: Io, word: string | undefined, options: PasswordOptions): Promise<void> {
  const email = emailOf(word, options);
  const { password, generated } = await passwordOf(io, options);
  const by = { actor: io.actor, now: io.now() };
  const isThere = await withDatabase(io, options, ({ db }) => setPassword(db, email, password, by));
  if (!isThere) throw noSuchUser(email);
  if (options.json) return printJson(io, { email, ...(generated ? { password } : {}) });
  printLine(io, {
    zh: `已更改 ${email} 的密码，其登录已失效`,
    en: `${email} has another password; his sessions ended`,
  });
  if (generated) printPassword(io, password);
}

async function disable(io: Io, word: string | undefined, options: PasswordOptions): Promise<void> {
  const email = emailOf(word, options);
  const by = { actor: io.actor, now: io.now() };
  const isThere = await withDatabase(io, options, ({ db }) => disableUser(db, email, by));
  if (!isThere) throw noSuchUser(email);
  if (options.json) return printJson(io, { email, disabled: true });
  printLine(io, { zh: `已停用 ${email}`, en: `disabled ${email}` });
}

/** `jiejian user add|list|disable|passwd` (contract section 6). */
export function userCommand({ program, io, end }: Place): void {
  const user = program.command('user').description({ zh: '本地用户', en: 'Local users' }[io.language]);
  const shopsHelp = {
    zh: '只能看到这些店铺，逗号分隔；默认全部',
    en: 'only these shops, a comma list; all unless given',
  };
  const named = (name: string, zh: string, en: string) =>
    newCommand(user, io, name, { zh, en })
      .argument('[email]')
      .option('--email <email>', { zh: '邮箱', en: 'email address' }[io.language])
      .option('--json', JSON_OPTION[io.language]);
  const withPassword = (name: string, zh: string, en: string) =>
    named(name, zh, en)
      .option(
        '--password-stdin',
        { zh: '从标准输入读取密码', en: 'read the password from standard input' }[io.language],
      )
      .option('--generate', { zh: '生成密码并显示一次', en: 'make a password and show it once' }[io.language]);

  withPassword('add', '添加用户', 'Add a user')
    .requiredOption('--role <role>', USER_ROLES.join(' | '))
    .option('--shops <ids>', shopsHelp[io.language])
    .action((word: string | undefined, options: AddOptions) => add(io, word, options).then(() => end(EXIT.ok)));
  newCommand(user, io, 'list', { zh: '列出用户', en: 'List the users' })
    .option('--json', JSON_OPTION[io.language])
    .action((options: PasswordOptions) => list(io, options).then(() => end(EXIT.ok)));
  named('disable', '停用用户', 'Lock a user out').action((word: string | undefined, options: PasswordOptions) =>
    disable(io, word, options).then(() => end(EXIT.ok)),
  );
  withPassword('passwd', '更改密码', 'Give a user another password').action(
    (word: string | undefined, options: PasswordOptions) => passwd(io, word, options).then(() => end(EXIT.ok)),
  );
}
