import { useWords } from '../texts/i18n.js';

/** How fast a replay lets its items go. */
export function RateText({ perSecond }: { readonly perSecond: number | null }) {
  const { t } = useWords();
  return <span>{perSecond === null ? t('replay.rateFull') : t('replay.ratePerSecond', { count: perSecond })}</span>;
}
