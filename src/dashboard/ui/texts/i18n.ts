import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { firstLanguage, keepLanguage, markLanguage } from './chosen-language.js';
import { type Lang, sideOf } from './text.js';
import { TEXTS, type Translation } from './texts.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Translation };
  }
}

/** Loads the words in both languages; nothing is fetched later. */
export async function startTranslation(): Promise<void> {
  const lang = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: 'zh',
    resources: { zh: { translation: sideOf(TEXTS, 'zh') }, en: { translation: sideOf(TEXTS, 'en') } },
    // React writes text, never markup.
    interpolation: { escapeValue: false },
  });
  markLanguage(lang);
}

/** The words, the language they are in, and a way to change it. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const lang: Lang = i18n.language === 'en' ? 'en' : 'zh';
  return {
    t,
    lang,
    change(to: Lang): void {
      keepLanguage(to);
      void i18n.changeLanguage(to);
    },
  };
}
