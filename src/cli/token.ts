import type { ApiToken } from '../domain/people/people.js';
import { ALL_SCOPES, isScope } from '../domain/people/scopes.js';
import { createToken, listTokens, revokeToken } from '../domain/store/people-store.js';
import { type ServiceOptions, withDatabase } from './attach.js';
import { JSON_OPTION, listOf, misused, newCommand, type Place } from './command.js';
import { CommandFailed, EXIT, type Io, printJson, printLine, printTable } from './io.js';
import { warnUnknownShops } from './known-shops.js';

interface Options extends ServiceOptions {
  readonly json?: boolean;
}

interface CreateOptions extends Options {
  readonly name: string;
  readonly scopes: string;
  readonly shops?: string;
}

async function create(io: Io, options: CreateOptions): Promise<void> {
  const words = listOf(options.scopes) ?? [];
  const unknown = words.filter((word) => !isScope(word));
  if (unknown.length > 0 || words.length === 0) {
    throw misused(
      `未知的权限 ${unknown.join(', ')}，可用：${ALL_SCOPES.join(' ')}`,
      `--scopes holds unknown names: ${unknown.join(', ')}; known: ${ALL_SCOPES.join(' ')}`,
    );
  }
  const name = options.name.trim();
  if (name === '' || name.length > 100) throw misused('名称为 1 到 100 个字符', '--name must hold 1 to 100 characters');
  const shops = listOf(options.shops);
  const scopes = [...new Set(words.filter(isScope))];
  const made = await withDatabase(io, options, async ({ db }) => {
    await warnUnknownShops(io, db, shops);
    return createToken(db, { name, scopes, shops }, { actor: io.actor, now: io.now() });
  });
  if (options.json) return printJson(io, made);
  printLine(io, {
    zh: `令牌 ${made.id}（${name}），只显示这一次：`,
    en: `token ${made.id} (${name}), shown only this once:`,
  });
  printLine(io, made.token);
}

const shown = ({ createdAt, revokedAt, ...token }: ApiToken) => ({
  ...token,
  createdAt: createdAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
});

async function list(io: Io, options: Options): Promise<void> {
  const tokens = await withDatabase(io, options, ({ db }) => listTokens(db));
  if (options.json) return printJson(io, { items: tokens.map(shown) });
  printTable(
    io,
    [
      'id',
      { zh: '名称', en: 'name' },
      { zh: '权限', en: 'scopes' },
      { zh: '店铺', en: 'shops' },
      { zh: '状态', en: 'state' },
    ],
    tokens.map((token) => [
      token.id,
      token.name,
      token.scopes.join(','),
      token.shops?.join(',') ?? '*',
      (token.revokedAt ? { zh: '已吊销', en: 'revoked' } : { zh: '有效', en: 'active' })[io.language],
    ]),
  );
}

async function revoke(io: Io, id: string, options: Options): Promise<void> {
  const by = { actor: io.actor, now: io.now() };
  const isEnded = await withDatabase(io, options, ({ db }) => revokeToken(db, id, by));
  if (!isEnded) {
    throw new CommandFailed({
      zh: `没有有效的令牌 ${id}。用 jiejian token list 查看。`,
      en: `There is no working token ${id}. See jiejian token list.`,
    });
  }
  if (options.json) return printJson(io, { id, revoked: true });
  printLine(io, { zh: `已吊销 ${id}`, en: `revoked ${id}` });
}

/** `jiejian token create|list|revoke` (contract section 6). */
export function tokenCommand({ program, io, end }: Place): void {
  const token = program.command('token').description({ zh: 'API 令牌', en: 'API tokens' }[io.language]);
  newCommand(token, io, 'create', { zh: '创建令牌', en: 'Make a token' })
    .requiredOption('--name <name>', { zh: '用途', en: 'what it is for' }[io.language])
    .requiredOption('--scopes <scopes>', ALL_SCOPES.join(','))
    .option(
      '--shops <ids>',
      { zh: '只限这些店铺，逗号分隔；默认全部', en: 'only these shops, a comma list; all unless given' }[io.language],
    )
    .option('--json', JSON_OPTION[io.language])
    .action((options: CreateOptions) => create(io, options).then(() => end(EXIT.ok)));
  newCommand(token, io, 'list', { zh: '列出令牌', en: 'List the tokens' })
    .option('--json', JSON_OPTION[io.language])
    .action((options: Options) => list(io, options).then(() => end(EXIT.ok)));
  newCommand(token, io, 'revoke', { zh: '吊销令牌', en: 'End a token' })
    .argument('<id>')
    .option('--json', JSON_OPTION[io.language])
    .action((id: string, options: Options) => revoke(io, id, options).then(() => end(EXIT.ok)));
}
