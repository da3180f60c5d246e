import type { TextTree } from './text.js';

/** Those that failed. */
export const FAILED_TEXTS = {
  title: { zh: '失败重试', en: 'Failed' },
  about: {
    zh: '选中要重试的拦截，先看预览，再执行。预览不会发送任何东西。',
    en: 'Choose what to retry, look at the preview, then run it. The preview sends nothing.',
  },
  state: { zh: '状态', en: 'State' },
  chosen: { zh: '已选 {{count}} 条', en: '{{count}} chosen' },
  select: { zh: '选择 {{waybillNo}}', en: 'Choose {{waybillNo}}' },
  selectAll: { zh: '全选已显示的', en: 'Choose all shown' },
  preview: { zh: '预览重试…', en: 'Preview retry…' },
} as const satisfies TextTree;
