import { bad, type Check, notAsked, ok } from './check.js';

/** Who may do what: accounts with more rights than they need, and passwords that everybody knows (S20, S25, S29). */
export const ACCESS_CHECKS: readonly Check[] = [
  {
    name: 'passwords',
    // Contract section 3: default secrets. On this machine, and in a composed network, they are only warned about.
    refusesStart: true,
    judge: ({ weakPasswords }) => {
      if (weakPasswords.length === 0) return ok('set');
      const beyond = weakPasswords.filter(({ reach }) => reach === 'network');
      return bad(
        beyond.some(({ is }) => is === 'default') ? 'fail' : 'warn',
        weakPasswords.map(({ service, is }) => `${service}: ${is}`).join(', '),
        '为数据库和 Redis 设置随机密码：openssl rand -hex 24',
        'give the database and Redis random passwords: openssl rand -hex 24',
      );
    },
  },
  {
    name: 'database_account',
    refusesStart: false,
    judge: ({ database }) => {
      if ('unknown' in database) return notAsked('?');
      return database.is.rulesServer
        ? bad(
            'warn',
            'administrator of the server',
            '使用只有本库权限的账号，见 deploy/accounts.md',
            'use an account that has rights in its own database only: deploy/accounts.md',
          )
        : ok('limited');
    },
  },
  {
    name: 'process_user',
    refusesStart: false,
    judge: ({ runsAsRoot }) =>
      runsAsRoot ? bad('warn', 'root', '用普通用户运行', 'run it as a user of its own, not as root') : ok('not root'),
  },
];
