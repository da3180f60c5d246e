import type { ActionTable } from './action.js';

const WRITE = { page: 'policies', scope: 'config:write', of: null } as const;

/** Policies: trying, shadowing, publishing, going back, letting go on. */
export const POLICY_ACTIONS = {
  'policies.try': {
    page: 'policies',
    zh: '用过去的决定试算草稿',
    en: 'try a draft on the decisions of the past',
    scope: 'config:read',
    call: 'POST /policies/backtest',
    of: null,
    body: { policy: { id: 'no-such-policy' } },
  },
  'policies.shadow': {
    ...WRITE,
    zh: '让草稿影子运行',
    en: 'let a draft run in the shadow',
    call: 'PUT /policies/:id/shadow',
    body: { policy: {} },
  },
  'policies.endShadow': { ...WRITE, zh: '停止影子运行', en: 'take it out', call: 'POST /policies/:id/shadow/end' },
  'policies.publish': {
    ...WRITE,
    zh: '发布草稿',
    en: 'publish it',
    call: 'POST /policies/:id/shadow/publish',
    body: { version: 0, reason: 'a reason' },
  },
  'policies.rollback': {
    ...WRITE,
    zh: '恢复旧版本',
    en: 'roll back to a version',
    call: 'POST /policies/:id/rollback',
    body: { version: 0, to: 1, reason: 'a reason' },
  },
  'policies.release': {
    ...WRITE,
    zh: '解除刹车',
    en: 'release a brake',
    call: 'POST /policies/:id/brake/release',
    body: { reason: 'a reason' },
  },
} as const satisfies ActionTable;
