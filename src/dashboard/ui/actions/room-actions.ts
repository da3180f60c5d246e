import type { ActionTable } from './action.js';

const ID = '01kaq0000000000000000000aa';

/** The list of intercepts, one intercept, what waits for a person: steps beside those of work-actions.ts. */
export const ROOM_ACTIONS = {
  'intercepts.export': {
    page: 'intercepts',
    zh: '导出筛选出的全部拦截（CSV）',
    en: 'export all that the filters match (CSV)',
    scope: 'intercepts:read',
    call: 'GET /intercepts.csv',
    of: null,
  },
  'intercepts.bulk': {
    page: 'intercepts',
    zh: '批量撤销、重试、查询、记录结果（先预览）',
    en: 'withdraw, retry, ask about or resolve many, after a preview',
    scope: 'intercepts:write',
    call: 'POST /bulk-steps',
    of: null,
    body: { step: 'withdraw', rows: [{ id: ID }], note: 'a note' },
  },
  'intercept.ask': {
    page: 'intercept',
    zh: '立即向快递查询',
    en: 'ask the courier now',
    scope: 'intercepts:write',
    call: 'POST /intercepts/:id/ask',
    of: 'intercept',
  },
  'tasks.doneMany': {
    page: 'tasks',
    zh: '批量标记完成',
    en: 'mark many tasks as done',
    scope: 'tasks:write',
    call: 'POST /tasks/done',
    of: null,
    body: { ids: [ID] },
  },
  'tasks.digest': {
    page: 'tasks',
    zh: '交接班摘要',
    en: 'shift hand-over',
    scope: 'intercepts:read',
    call: 'GET /tasks/digest',
    of: null,
  },
} as const satisfies ActionTable;
