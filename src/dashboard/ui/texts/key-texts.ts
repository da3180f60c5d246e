import type { TextTree } from './text.js';

/** Keyboard shortcuts: keys/shortcuts.ts names them. */
export const KEY_TEXTS = {
  title: { zh: '键盘快捷键', en: 'Keyboard shortcuts' },
  search: { zh: '查找', en: 'Search' },
  next: { zh: '下一行（回车打开）', en: 'Next row (Enter opens it)' },
  previous: { zh: '上一行', en: 'Previous row' },
  help: { zh: '显示本帮助', en: 'Show this help' },
  on: { zh: '启用单键快捷键', en: 'Use single-key shortcuts' },
} as const satisfies TextTree;
