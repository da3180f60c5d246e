import type { Lang, Text } from './text.js';

export const LANG_TAGS = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Lang, string>;

/** The first language of the browser that we speak; Chinese if there is none. */
export function languageOf(preferred: readonly string[]): Lang {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-', 1)[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'zh';
}

/** One side of a text that the server sent. */
export function sideIn(lang: Lang, text: Text): string {
  return lang === 'en' ? text.en : text.zh;
}
