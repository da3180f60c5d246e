import { describe, expect, it } from '@jest/globals';
import { languageOf } from '../../src/cli/io.js';
import { jiejian } from '../support/cli.js';

const COMMANDS = [
  ['start'],
  ['migrate'],
  ['apply'],
  ['verify'],
  ['doctor'],
  ['user', 'add'],
  ['user', 'list'],
  ['user', 'disable'],
  ['user', 'passwd'],
  ['token', 'create'],
  ['token', 'list'],
  ['token', 'revoke'],
  ['audit', 'verify'],
];

describe('the command line', () => {
  it.each(COMMANDS.map((words) => [words.join(' '), words] as const))(
    'explains `%s --help` and ends well',
    async (_, words) => {
      const { code, stdout, stderr } = await jiejian([...words, '--help']);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`Usage: jiejian ${words.join(' ')}`);
    },
  );

  it('lists its commands, and its version', async () => {
    const help = await jiejian(['--help']);
    expect(help.code).toBe(0);
    for (const [name = ''] of COMMANDS) expect(help.stdout).toContain(`  ${name} `);
    expect(await jiejian(['--version'])).toMatchObject({ code: 0, stdout: '0.0.0-test\n' });
  });

  it.each([
    ['no command', []],
    ['an unknown command', ['aply']],
    ['an unknown option', ['verify', '--jsn']],
    ['a missing argument', ['apply']],
    ['one argument too many', ['verify', 'now']],
    ['a missing option', ['token', 'create', '--name', 'x']],
    ['an unknown scope', ['token', 'create', '--name', 'x', '--scopes', 'everything']],
    ['no scope', ['token', 'create', '--name', 'x', '--scopes', ',']],
    ['an unknown role', ['user', 'add', '--email', 'a@b.cn', '--role', 'boss', '--generate']],
    ['no way to a password', ['user', 'add', '--email', 'a@b.cn', '--role', 'admin']],
    [
      'two ways to a password',
      ['user', 'add', '--email', 'a@b.cn', '--role', 'admin', '--generate', '--password-stdin'],
    ],
    ['no address', ['user', 'disable']],
    ['a bad address', ['user', 'disable', 'bob']],
  ])('ends with 2 after %s, because scripts must tell a slip from a failure', async (_, words) => {
    const { code, stderr } = await jiejian(words);
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });

  it('refuses a password that is too short before it opens anything', async () => {
    const words = ['user', 'add', '--email', 'a@b.cn', '--role', 'admin', '--password-stdin'];
    expect(await jiejian(words, { stdin: 'short\n' })).toMatchObject({ code: 2, stdout: '' });
  });

  it('offers what was probably meant', async () => {
    expect((await jiejian(['aply'])).stderr).toContain('apply');
  });

  it('takes no password as an option, because every process can read command lines', async () => {
    const words = ['user', 'add', '--email', 'a@b.cn', '--role', 'admin', '--password', 'hunter2hunter2'];
    expect((await jiejian(words)).code).toBe(2);
  });

  it.each([['start'], ['verify'], ['migrate'], ['doctor'], ['user', 'list'], ['audit', 'verify']])(
    'ends `%s …` with 78 on a bad configuration, all of it listed, no secret shown',
    async (...words) => {
      const env = { DATABASE_URL: 'mysql://jj:hunter2@db/jj', PORT: 'x', SECRET_KEY: 'hunter3' };
      const { code, stderr } = await jiejian(words.filter(Boolean), { env });
      expect(code).toBe(78);
      for (const name of ['REDIS_URL', 'PORT', 'SECRET_KEY']) expect(stderr).toContain(`${name}: `);
      expect(stderr).not.toMatch(/hunter/);
    },
  );

  it('ends with 78 for some of the roles without services of its own', async () => {
    const { code, stderr } = await jiejian(['start', '--roles', 'web']);
    expect([code, stderr]).toEqual([78, expect.stringContaining('ROLES: ')]);
    expect((await jiejian(['start', '--roles', 'cook'])).code).toBe(78);
  });

  it('speaks Chinese where the locale does', async () => {
    const { stderr } = await jiejian(['verify'], { env: { PORT: 'x' }, language: 'zh' });
    expect(stderr).toContain('配置有误');
    expect((await jiejian(['verify', '--help'], { language: 'zh' })).stdout).toContain('检查数据库中的全部不变量');
  });
});

describe('the language', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'en_US', LC_MESSAGES: 'zh_TW' }, 'zh'],
    [{ LC_ALL: '', LANG: 'zh' }, 'zh'],
    [{}, 'en'],
  ] as const)('of %j is %s', (env, language) => {
    expect(languageOf(env)).toBe(language);
  });
});
