import type { ActionTable } from './action.js';

const ORDER = { name: 'a batch', filter: { ids: [] }, dryRun: true };
const REQUEST = {
  shopId: 'dy-main',
  afterSaleId: '70008931140009999',
  orderId: '48358041421469999',
  type: 'refund_only',
  parcels: [{ carrier: 'zto', waybillNo: '73100130009999', declaredValueFen: 8_900 }],
};

/** Starting by hand, imports, replays. */
export const BATCH_ACTIONS = {
  'start.preview': {
    page: 'start',
    zh: '查看将如何判断（不发送）',
    en: 'see what would be decided; sends nothing',
    scope: 'intercepts:write',
    call: 'POST /intercepts/preview',
    of: null,
    body: REQUEST,
  },
  'start.start': {
    page: 'start',
    zh: '发起拦截',
    en: 'start intercepts by hand',
    scope: 'intercepts:write',
    call: 'POST /intercepts',
    of: null,
    body: REQUEST,
  },
  'imports.upload': {
    page: 'imports',
    zh: '上传文件并预览',
    en: 'upload a file and preview it',
    scope: 'intercepts:write',
    call: 'POST /imports',
    of: null,
    body: { shopId: 'dy-main', fileName: 'rows.csv' },
  },
  'import.run': {
    page: 'import',
    zh: '执行导入',
    en: 'run an import',
    scope: 'intercepts:write',
    call: 'POST /imports/:id/run',
    of: 'import',
  },
  'import.abort': {
    page: 'import',
    zh: '中止导入',
    en: 'abort it',
    scope: 'intercepts:write',
    call: 'POST /imports/:id/abort',
    of: 'import',
  },
  'import.errors': {
    page: 'import',
    zh: '下载错误文件',
    en: 'download its error file',
    scope: 'intercepts:read',
    call: 'GET /imports/:id/errors.csv',
    of: 'import',
  },
  'failed.replay': {
    page: 'failed',
    zh: '预览并重试选中的',
    en: 'preview and replay those chosen',
    scope: 'intercepts:write',
    call: 'POST /replays',
    of: null,
    body: ORDER,
  },
  'replays.create': {
    page: 'replays',
    zh: '按条件预览并执行重放',
    en: 'preview and run a replay by filter',
    scope: 'intercepts:write',
    call: 'POST /replays',
    of: null,
    body: ORDER,
  },
  'replay.abort': {
    page: 'replay',
    zh: '中止重放',
    en: 'abort a replay',
    scope: 'intercepts:write',
    call: 'POST /replays/:id/abort',
    of: 'replay',
  },
} as const satisfies ActionTable;
