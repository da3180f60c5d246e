import type { ActionTable } from './action.js';

const CONFIG = { scope: 'config:write', of: null, body: { version: 0 } } as const;
const PEOPLE = { page: 'people', scope: 'people:write', of: null } as const;

/** The configuration, people, the audit log. */
export const SETUP_ACTIONS = {
  'settings.preview': {
    ...CONFIG,
    page: 'settings',
    zh: '预览配置修改',
    en: 'preview a change',
    call: 'POST /config/preview',
  },
  'settings.save': { ...CONFIG, page: 'settings', zh: '保存配置', en: 'save it', call: 'POST /config/changes' },
  'settings.disable': {
    ...CONFIG,
    page: 'settings',
    zh: '停用店铺、账号、策略或推送',
    en: 'disable a shop, account, policy or target',
    call: 'POST /config/changes',
  },
  'settings.testAccount': {
    page: 'settings',
    zh: '测试快递账号（只查询）',
    en: 'test an account, a read only',
    scope: 'config:write',
    call: 'POST /config/accounts/:id/test',
    of: 'account',
    body: { waybillNo: '73100130009999' },
  },
  'settings.testShop': {
    page: 'settings',
    zh: '测试店铺（只查询）',
    en: 'test a shop, a read only',
    scope: 'config:write',
    call: 'POST /config/shops/:id/test',
    of: 'shop',
    body: { afterSaleId: '70008931140009999' },
  },
  'settings.sendAgain': {
    ...CONFIG,
    page: 'settings',
    zh: '重新发送失败的通知',
    en: 'send a dead message again',
    call: 'POST /deliveries/:id/send',
  },
  'people.add': {
    ...PEOPLE,
    zh: '添加用户',
    en: 'add a user',
    call: 'POST /users',
    body: { email: 'new@example.com', role: 'viewer' },
  },
  'people.change': { ...PEOPLE, zh: '修改角色和店铺', en: 'change role and shops', call: 'PATCH /users/:id' },
  'people.disable': { ...PEOPLE, zh: '停用用户', en: 'disable a user', call: 'POST /users/:id/disable' },
  'people.enable': { ...PEOPLE, zh: '启用用户', en: 'enable him again', call: 'POST /users/:id/enable' },
  'people.password': { ...PEOPLE, zh: '重置密码', en: 'reset his password', call: 'POST /users/:id/password' },
  'people.createToken': {
    ...PEOPLE,
    zh: '创建令牌',
    en: 'make a token',
    call: 'POST /tokens',
    body: { name: 'a token', scopes: ['intercepts:read'] },
  },
  'people.revokeToken': { ...PEOPLE, zh: '吊销令牌', en: 'revoke a token', call: 'POST /tokens/:id/revoke' },
  'people.endSession': { ...PEOPLE, zh: '让他人退出登录', en: 'log somebody out', call: 'POST /sessions/:id/end' },
  'audit.check': {
    page: 'audit',
    zh: '检查审计链',
    en: 'check the chain',
    scope: 'audit:read',
    call: 'GET /audit/check',
    of: null,
  },
} as const satisfies ActionTable;
