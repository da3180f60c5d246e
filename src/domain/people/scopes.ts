/** What a token or a user may do; each API path names the one it needs (contract section 6). */
export const SCOPES = {
  'intercepts:read': { zh: '查看拦截、包裹、售后和任务', en: 'see intercepts, parcels, after-sales and tasks' },
  'intercepts:write': {
    zh: '发起、撤销、重试和处理拦截，上报包裹内容和入库',
    en: 'start, withdraw, retry and resolve intercepts; report contents and receipts',
  },
  'money:read': { zh: '查看费用、理赔、发票和账单', en: 'see fees, claims, invoices and bills' },
  'money:write': { zh: '登记理赔、发票和账单', en: 'file claims, ask for invoices, upload bills' },
  'config:read': { zh: '查看店铺、账号和通道', en: 'see shops, accounts and lanes' },
  'config:write': { zh: '修改配置，暂停和恢复通道', en: 'change the configuration, pause and resume lanes' },
  'tasks:write': { zh: '完成任务', en: 'finish tasks' },
  'people:write': { zh: '管理用户、令牌和登录', en: 'manage users, tokens and sessions' },
  'audit:read': { zh: '查看和检查审计记录', en: 'read and check the audit log' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type Scope = keyof typeof SCOPES;
export const ALL_SCOPES = Object.keys(SCOPES) as Scope[];

export function isScope(word: string): word is Scope {
  return Object.hasOwn(SCOPES, word);
}

/** Who may do what. A viewer sees no money; finance sees the intercepts its figures come from and changes none. */
export const ROLE_SCOPES = {
  viewer: ['intercepts:read', 'config:read'],
  operator: ['intercepts:read', 'config:read', 'intercepts:write', 'tasks:write'],
  finance: ['intercepts:read', 'config:read', 'money:read', 'money:write'],
  admin: ALL_SCOPES,
} as const satisfies Record<string, readonly Scope[]>;

export type UserRole = keyof typeof ROLE_SCOPES;
export const USER_ROLES = Object.keys(ROLE_SCOPES) as UserRole[];

export function isUserRole(word: string): word is UserRole {
  return Object.hasOwn(ROLE_SCOPES, word);
}

/** What a role may do. */
export function scopesOf(role: UserRole): ReadonlySet<Scope> {
  return new Set(ROLE_SCOPES[role]);
}
