import type { StepEffect } from '../../../domain/intercept/person-steps.js';
import { STATE_TEXTS } from '../../../domain/intercept/state-texts.js';
import type { Text, TextTree } from './text.js';

/** The list of intercepts beside what intercept-texts.ts says: filters, columns, the export. */
export const LIST_TEXTS = {
  platform: { zh: '平台', en: 'Platform' },
  since: { zh: '从何时起', en: 'Opened from' },
  until: { zh: '到何时', en: 'Opened until' },
  valueFrom: { zh: '货值从（元）', en: 'Goods from ¥' },
  valueTo: { zh: '到（元）', en: 'to ¥' },
  unknownValue: { zh: '未知', en: 'not known' },
  columns: { zh: '列…', en: 'Columns…' },
  columnsTitle: { zh: '显示哪些列', en: 'Columns to show' },
  columnsUsual: { zh: '恢复默认', en: 'The usual ones' },
  column: {
    parcel: { zh: '包裹', en: 'Parcel' },
    shop: { zh: '店铺 / 订单', en: 'Shop / order' },
    platform: { zh: '平台', en: 'Platform' },
    account: { zh: '快递账号', en: 'Courier account' },
    afterSales: { zh: '售后号', en: 'After-sales' },
    state: { zh: '状态', en: 'State' },
    reason: { zh: '原因', en: 'Reason' },
    value: { zh: '货值', en: 'Goods' },
    fee: { zh: '费用', en: 'Fee' },
    deadline: { zh: '最晚发送', en: 'Send by' },
    created: { zh: '创建时间', en: 'Created' },
    updated: { zh: '更新', en: 'Updated' },
  },
  export: { zh: '导出 CSV', en: 'Export CSV' },
  exportAbout: {
    zh: '导出当前筛选的全部拦截，长单号在表格里保持完整',
    en: 'Everything the filters match; long numbers stay whole in a spreadsheet',
  },
} as const satisfies TextTree;

const EFFECT_TEXTS = {
  cancel_asked: { zh: '请求快递取消，快递确认后才算撤销', en: 'the courier is asked to cancel; its answer decides' },
  asked: { zh: '立即向快递查询', en: 'the courier is asked now' },
  held: { zh: '重新判断后仍需等待', en: 'judged again, still has to wait' },
  queued: { zh: '将发送给快递', en: 'will be sent to the courier' },
  submitting: STATE_TEXTS.submitting,
  uncertain: STATE_TEXTS.uncertain,
  accepted: { zh: '记为已在别处受理，跟踪结果', en: 'recorded as asked elsewhere; its result is followed' },
  intercepted: { zh: '记为已拦截，费用到期', en: 'recorded as stopped; its fee is due' },
  returned: { zh: '记为已退回', en: 'recorded as returned' },
  missed: { zh: '记为未拦住', en: 'recorded as missed' },
  needs_review: { zh: '快递不支持撤回，转人工', en: 'cannot be recalled; a person is asked' },
  refused: STATE_TEXTS.refused,
  withdrawn: { zh: '结束，不再发送', en: 'end here; nothing is sent' },
  expired: { zh: '放弃，不再发送', en: 'given up; nothing is sent' },
  skipped: { zh: '按规则不拦截', en: 'a rule says no; nothing is sent' },
} as const satisfies Record<StepEffect, Text>;

/** One step on many intercepts. */
export const BULK_TEXTS = {
  region: { zh: '批量操作', en: 'Steps on many' },
  ticked: { zh: '选中的 {{count}} 条', en: 'The {{count}} ticked' },
  matching: { zh: '全部符合筛选的', en: 'All that match the filters' },
  about: { zh: '对谁操作', en: 'On which' },
  step: {
    withdraw: { zh: '撤销…', en: 'Withdraw…' },
    retry: { zh: '重试…', en: 'Retry…' },
    ask: { zh: '立即查询…', en: 'Ask now…' },
    asked_outside: { zh: '已在别处受理…', en: 'Asked elsewhere…' },
    give_up: { zh: '放弃…', en: 'Give up…' },
  },
  title: {
    withdraw: { zh: '批量撤销', en: 'Withdraw many' },
    retry: { zh: '批量重试', en: 'Retry many' },
    ask: { zh: '批量查询', en: 'Ask about many' },
    asked_outside: { zh: '批量记为已在别处受理', en: 'Record many as asked elsewhere' },
    give_up: { zh: '批量放弃', en: 'Give up many' },
  },
  replay: { zh: '交给批量重放…', en: 'Hand to a replay…' },
  replayCannot: {
    zh: '批量重放不按单号、平台和货值筛选：请先清除这些条件，或勾选行。',
    en: 'A replay filters by no number, platform or value: clear those, or tick rows.',
  },
  preview: { zh: '共 {{total}} 条，确认后：', en: '{{total}} in all. If you confirm:' },
  effect: EFFECT_TEXTS,
  nothing: { zh: '没有一条可以这样处理', en: 'None of them can be treated so' },
  refused: { zh: '{{count}} 条不会执行：{{why}}', en: '{{count}} are left alone: {{why}}' },
  feeIfSent: { zh: '如果全部拦截成功，费用约 {{fee}}', en: 'If every one is stopped, fees come to about {{fee}}' },
  feeDue: { zh: '立即到期的费用约 {{fee}}', en: 'Fees due at once: about {{fee}}' },
  note: { zh: '原因（写入审计）', en: 'Reason (kept in the audit)' },
  noteMissing: { zh: '请写明原因', en: 'Say why' },
  evidence: { zh: '凭证（文字或链接，可不填）', en: 'Evidence (text or link, optional)' },
  submit: { zh: '确认执行 {{count}} 条', en: 'Do it for {{count}}' },
  result: {
    zh: '完成 {{done}} 条，未执行 {{refused}} 条，出错 {{failed}} 条',
    en: '{{done}} done, {{refused}} left alone, {{failed}} broke',
  },
  rows: { zh: '逐条结果', en: 'Row by row' },
  broke: { zh: '出错：{{why}}', en: 'broke: {{why}}' },
  done: { zh: '已执行', en: 'done' },
  tooMany: { zh: '符合条件的有 {{total}} 条。', en: '{{total}} match.' },
} as const satisfies TextTree;
