import type { ActionTable } from './action.js';

const NOTE = { note: 'a note' };
const CLAIM = { page: 'claims', scope: 'money:write', of: 'claim' } as const;

/** Goods that come back, and claims against couriers. */
export const GOODS_ACTIONS = {
  'returns.export': {
    page: 'returns',
    zh: '导出筛选出的全部退件（CSV）',
    en: 'export all returns that the filters match (CSV)',
    scope: 'intercepts:read',
    call: 'GET /returns.csv',
    of: null,
  },
  'returns.number': {
    page: 'returns',
    zh: '登记退回单号',
    en: 'record a new number that a parcel comes back under',
    scope: 'intercepts:write',
    call: 'POST /returns/:id/numbers',
    of: 'return',
    body: { waybillNo: '73100130009998' },
  },
  'returns.settle': {
    page: 'returns',
    zh: '记录差异已处理',
    en: 'record that a difference was cleared up',
    scope: 'intercepts:write',
    call: 'POST /returns/:id/settle',
    of: 'return',
    body: NOTE,
  },
  'claims.export': {
    page: 'claims',
    zh: '导出筛选出的全部理赔（CSV）',
    en: 'export all claims that the filters match (CSV)',
    scope: 'money:read',
    call: 'GET /claims.csv',
    of: null,
  },
  'claims.evidence': {
    page: 'claims',
    zh: '下载证据（PDF）',
    en: 'download the evidence (PDF)',
    scope: 'money:read',
    call: 'GET /claims/:id/evidence.pdf',
    of: 'claim',
  },
  'claims.file': { ...CLAIM, zh: '记录已提交理赔', en: 'record that a claim was filed', call: 'POST /claims/:id/file' },
  'claims.accept': {
    ...CLAIM,
    zh: '记录快递同意赔付',
    en: 'record that the courier accepted it',
    call: 'POST /claims/:id/accept',
  },
  'claims.reject': {
    ...CLAIM,
    zh: '记录快递拒绝赔付',
    en: 'record that the courier rejected it',
    call: 'POST /claims/:id/reject',
    body: NOTE,
  },
  'claims.drop': { ...CLAIM, zh: '不再索赔', en: 'give a claim up', call: 'POST /claims/:id/drop', body: NOTE },
  'claims.receive': {
    ...CLAIM,
    zh: '登记到账',
    en: 'book money that came in',
    call: 'POST /claims/:id/payments',
    body: { reference: 'T-1', amountFen: 100, receivedAt: '2026-11-28T08:00:00+08:00' },
  },
  'claims.reverse': {
    ...CLAIM,
    zh: '冲销到账',
    en: 'take a booking of money back',
    call: 'POST /claims/:id/reversals',
    body: { reference: 'T-1', ...NOTE },
  },
} as const satisfies ActionTable;
