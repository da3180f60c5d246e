import { useWords } from '../texts/i18n.js';

/** The words of fields: their names, what a choice means, a line of help. What has no words stands for itself. */
export function useFieldWords() {
  const { t } = useWords();
  const labels: Readonly<Record<string, string>> = t('field', { returnObjects: true });
  const hints: Readonly<Record<string, string>> = t('fieldHint', { returnObjects: true });
  const choices: Readonly<Record<string, string>> = t('fieldChoice', { returnObjects: true });
  const wordOf = (words: Readonly<Record<string, string>>, key: string) =>
    Object.hasOwn(words, key) ? words[key] : undefined;
  return {
    /** `within`: the field around it; an amount's `min` is another than a rate's. */
    label: (key: string, within = '') => wordOf(labels, within.endsWith('Fen') ? `${key}Fen` : key) ?? key,
    hint: (key: string) => wordOf(hints, key),
    choice: (value: unknown) => wordOf(choices, String(value)) ?? String(value),
  };
}
