import type { Lang, Text } from './text.js';

export const LANG_TAGS = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Lang, string>;

const KEPT_AS = 'jiejian-language';

/** The first language of the browser that we speak; Chinese if there is none. */
export function languageOf(preferred: readonly string[]): Lang {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-', 1)[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'zh';
}

/** What this person chose before, else what the browser asks for. */
export function firstLanguage(): Lang {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === 'zh' || kept === 'en' ? kept : languageOf(navigator.languages);
}

/** Remembers the choice, and tells the browser and screen readers which language the page is in. */
export function keepLanguage(lang: Lang): void {
  localStorage.setItem(KEPT_AS, lang);
  markLanguage(lang);
}

export function markLanguage(lang: Lang): void {
  document.documentElement.lang = LANG_TAGS[lang];
}

/** One side of a text that the server sent. */
export function sideIn(lang: Lang, text: Text): string {
  return lang === 'en' ? text.en : text.zh;
}
