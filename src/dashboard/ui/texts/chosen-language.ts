import { LANG_TAGS, languageOf } from './language.js';
import type { Lang } from './text.js';

const KEPT_AS = 'jiejian-language';

/** What this person chose before, else what the browser asks for. */
export function firstLanguage(): Lang {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === 'zh' || kept === 'en' ? kept : languageOf(navigator.languages);
}

/** Remembers the choice for the next visit. */
export function keepLanguage(lang: Lang): void {
  localStorage.setItem(KEPT_AS, lang);
  markLanguage(lang);
}

/** Tells the browser and screen readers which language the page is in. */
export function markLanguage(lang: Lang): void {
  document.documentElement.lang = LANG_TAGS[lang];
}
