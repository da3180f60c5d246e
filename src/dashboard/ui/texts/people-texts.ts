import type { TextTree } from './text.js';

/** Users, tokens, sessions. */
export const PEOPLE_TEXTS = {
  title: { zh: '用户与令牌', en: 'People' },
  about: {
    zh: '谁能登录、哪些系统能调用。密码和令牌只显示一次，每次修改都记入审计。',
    en: 'Who may log in, which systems may call. Passwords and tokens are shown once; every change is audited.',
  },
  parts: { zh: '分类', en: 'Parts' },
  part: {
    users: { zh: '用户', en: 'Users' },
    tokens: { zh: 'API 令牌', en: 'API tokens' },
    sessions: { zh: '登录', en: 'Sessions' },
  },
  email: { zh: '邮箱', en: 'Email' },
  role: { zh: '角色', en: 'Role' },
  shops: { zh: '可见店铺', en: 'Shops' },
  allShops: { zh: '全部店铺', en: 'all shops' },
  shopsHint: { zh: '不选：全部店铺', en: 'none chosen: all shops' },
  state: { zh: '状态', en: 'State' },
  active: { zh: '正常', en: 'active' },
  disabled: { zh: '已停用', en: 'disabled' },
  sessions: { zh: '当前登录', en: 'Logged in' },
  times: { zh: '{{count}} 处', en: '{{count}}×' },
  created: { zh: '创建', en: 'Created' },
  you: { zh: '（你）', en: ' (you)' },
  actions: { zh: '操作', en: 'Actions' },
  reason: { zh: '原因（写入审计）', en: 'Reason (for the audit log)' },
  roleAbout: {
    viewer: { zh: '查看拦截和配置，不看费用', en: 'sees intercepts and settings, no money' },
    operator: { zh: '查看并处理拦截和待办', en: 'works on intercepts and tasks' },
    finance: { zh: '查看拦截，处理费用、理赔、账单', en: 'sees intercepts, works on money' },
    admin: { zh: '全部，包括配置和用户', en: 'everything, settings and people too' },
  },
  add: {
    button: { zh: '添加用户', en: 'Add a user' },
    submit: { zh: '添加', en: 'Add' },
    emailMissing: { zh: '请输入邮箱', en: 'Enter an email address' },
    made: { zh: '{{email}} 的密码，只显示这一次：', en: 'The password of {{email}}, shown only this once:' },
  },
  change: {
    button: { zh: '修改…', en: 'Change…' },
    title: { zh: '修改 {{email}}', en: 'Change {{email}}' },
    submit: { zh: '保存', en: 'Save' },
    moved: { zh: '刚由 {{actor}} 修改', en: 'just changed by {{actor}}' },
  },
  disable: {
    button: { zh: '停用', en: 'Disable' },
    what: {
      zh: '{{email}} 将立即退出 {{count}} 处登录，并且不能再登录。历史保留。',
      en: '{{email}} is logged out of {{count}} sessions at once and cannot log in again. Nothing is deleted.',
    },
  },
  enable: {
    button: { zh: '启用', en: 'Enable' },
    what: { zh: '{{email}} 可以重新登录，角色不变。', en: '{{email}} may log in again, in the same role.' },
  },
  password: {
    button: { zh: '重置密码', en: 'Reset password' },
    what: {
      zh: '生成新密码并只显示一次；{{email}} 的 {{count}} 处登录立即失效。',
      en: 'A new password is made and shown once; the {{count}} sessions of {{email}} end at once.',
    },
  },
  once: { zh: '请现在复制，关闭后无法再看到。', en: 'Copy it now: it cannot be seen again.' },
  token: {
    create: { zh: '创建令牌', en: 'Make a token' },
    name: { zh: '用途', en: 'What it is for' },
    nameMissing: { zh: '请写明用途', en: 'Say what it is for' },
    scopes: { zh: '权限', en: 'Scopes' },
    scopesMissing: { zh: '至少选一项', en: 'Choose at least one' },
    made: { zh: '令牌 {{name}}，只显示这一次：', en: 'Token {{name}}, shown only this once:' },
    lastUsed: { zh: '最近使用', en: 'Last used' },
    never: { zh: '未使用过', en: 'never' },
    revoked: { zh: '已吊销', en: 'revoked' },
    revoke: { zh: '吊销', en: 'Revoke' },
    what: {
      zh: '使用令牌“{{name}}”的系统立即无法调用，不能恢复。',
      en: 'Whatever uses the token “{{name}}” is refused at once. It cannot be brought back.',
    },
    none: { zh: '还没有令牌', en: 'There is no token yet' },
  },
  session: {
    agent: { zh: '浏览器', en: 'Browser' },
    since: { zh: '登录', en: 'Logged in' },
    seen: { zh: '最近活动', en: 'Last seen' },
    end: { zh: '退出', en: 'Log out' },
    what: { zh: '{{email}} 在该浏览器上需要重新登录。', en: '{{email}} has to log in again there.' },
    current: { zh: '本次登录', en: 'this one' },
    unknown: { zh: '未知', en: 'unknown' },
    none: { zh: '没有人登录', en: 'Nobody is logged in' },
  },
} as const satisfies TextTree;

/** One's own account. */
export const ME_TEXTS = {
  title: { zh: '我的账号', en: 'My account' },
  change: { zh: '修改密码', en: 'Change my password' },
  current: { zh: '当前密码', en: 'Present password' },
  next: { zh: '新密码', en: 'New password' },
  again: { zh: '再输一次', en: 'Once more' },
  missing: { zh: '必填', en: 'Required' },
  short: { zh: '至少 8 个字符', en: 'At least 8 characters' },
  differs: { zh: '两次输入不一致', en: 'They differ' },
  submit: { zh: '修改密码', en: 'Change it' },
  done: { zh: '密码已修改，其他登录已失效。', en: 'Your password was changed; your other sessions ended.' },
  sessions: { zh: '我的登录', en: 'My sessions' },
  rights: { zh: '角色 {{role}} · {{shops}}', en: 'role {{role}} · {{shops}}' },
} as const satisfies TextTree;

/** The audit log. */
export const AUDIT_TEXTS = {
  title: { zh: '审计', en: 'Audit' },
  about: {
    zh: '谁在何时做了什么，修改前后和原因。每条都与前一条相扣，改动会被发现。',
    en: 'Who did what and when, before, after and why. Each entry holds the one before; tampering shows.',
  },
  actor: { zh: '谁', en: 'Who' },
  action: { zh: '操作', en: 'Action' },
  subject: { zh: '对象', en: 'Subject' },
  since: { zh: '从', en: 'From' },
  until: { zh: '到', en: 'Until' },
  find: { zh: '查找', en: 'Search' },
  at: { zh: '时间', en: 'Time' },
  detail: { zh: '内容', en: 'Detail' },
  reason: { zh: '原因：{{reason}}', en: 'reason: {{reason}}' },
  changes: { zh: '{{count}} 处修改', en: '{{count}} changed' },
  raw: { zh: '全部内容', en: 'All of it' },
  none: { zh: '没有符合的记录', en: 'No entry matches' },
  check: {
    button: { zh: '检查审计链', en: 'Check the chain' },
    ok: { zh: '审计链完整，共 {{rows}} 条。', en: 'The chain is whole: {{rows}} entries.' },
    broken: {
      zh: '审计链在第 {{row}} 条断裂：{{why}}。请与备份比对。',
      en: 'The chain breaks at entry {{row}}: {{why}}. Compare it with a backup.',
    },
    end: { zh: '末尾', en: 'the end' },
    why: {
      changed: { zh: '内容被改动', en: 'its content was changed' },
      row_missing: { zh: '它之前有记录被删除或插入', en: 'entries before it were removed or put in' },
      end_missing: { zh: '末尾的记录被删除', en: 'entries at the end were removed' },
    },
  },
} as const satisfies TextTree;
