import type { TextTree } from './text.js';

/** What waits for a person, and the shift hand-over. */
export const TASK_TEXTS = {
  title: { zh: '待办', en: 'Needs a person' },
  about: {
    zh: '需要人处理、或结果未知的包裹，最紧急的在前。',
    en: 'Parcels that need a person, or whose truth is unknown; the most urgent first.',
  },
  none: { zh: '没有待办', en: 'Nothing to do' },
  noneFiltered: { zh: '没有符合筛选的待办', en: 'Nothing matches the filters' },
  count: { zh: '共 {{total}} 个，已超时 {{overdue}} 个', en: '{{total}} in all, {{overdue}} overdue' },
  filter: {
    kind: { zh: '类型', en: 'Kind' },
    shop: { zh: '店铺', en: 'Shop' },
    owner: { zh: '负责人', en: 'Owner' },
    nobody: { zh: '未指定', en: 'nobody' },
  },
  waybill: { zh: '运单 {{waybillNo}}', en: 'Waybill {{waybillNo}}' },
  due: { zh: '处理期限', en: 'Due' },
  deadline: { zh: '最晚发送', en: 'Send by' },
  open: { zh: '查看拦截', en: 'Open the intercept' },
  select: { zh: '选择 {{waybillNo}}', en: 'Choose {{waybillNo}}' },
  done: {
    button: { zh: '标记完成', en: 'Mark done' },
    what: {
      zh: '任务会从列表消失。拦截的状态不变；若包裹结果已知，请到拦截里“处理结果”。',
      en: 'The task leaves the list. The intercept stays as it is; if you know what became of the parcel, resolve it there.',
    },
  },
  doneMany: {
    button: { zh: '标记选中的 {{count}} 个完成…', en: 'Mark {{count}} done…' },
    title: { zh: '批量标记完成', en: 'Mark many done' },
    what: {
      zh: '{{count}} 个任务会从列表消失，拦截的状态不变。',
      en: '{{count}} tasks leave the list. Their intercepts stay as they are.',
    },
    note: { zh: '说明（写入审计，可不填）', en: 'Note (kept in the audit, optional)' },
    submit: { zh: '标记 {{count}} 个完成', en: 'Mark {{count}} done' },
    result: { zh: '完成 {{count}} 个', en: '{{count}} done' },
    before: { zh: '{{waybillNo}}：已由 {{actor}} 完成', en: '{{waybillNo}}: done by {{actor}} already' },
    gone: { zh: '{{waybillNo}}：已自动关闭', en: '{{waybillNo}}: closed by itself already' },
  },
  readyText: { zh: '可直接发送的文字', en: 'Text to send' },
  digest: {
    button: { zh: '交接班摘要…', en: 'Shift hand-over…' },
    title: { zh: '交接班摘要', en: 'Shift hand-over' },
    since: { zh: '从何时起', en: 'Since' },
    hours: { zh: '近 {{count}} 小时', en: 'last {{count}} h' },
    at: { zh: '指定时间', en: 'From a time' },
    text: { zh: '摘要文字', en: 'The text' },
    language: { zh: '摘要语言', en: 'Language of the text' },
    zh: { zh: '中文', en: '中文' },
    en: { zh: 'English', en: 'English' },
  },
} as const satisfies TextTree;
