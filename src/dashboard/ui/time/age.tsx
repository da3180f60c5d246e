import { useWords } from '../texts/i18n.js';
import { useNow } from './clock.js';
import { freshnessOf } from './freshness.js';
import { spanText } from './span.js';

/** How old a figure is; past its limit it says that it is not verified (R79). `readAt`: ms since 1970, 0: not read yet. */
export function Age({ readAt }: { readonly readAt: number }) {
  const { t, lang } = useWords();
  const now = useNow();
  const freshness = freshnessOf(readAt, now);
  if (freshness === 'reading') return <span className="age">{t('frame.age.reading')}</span>;
  const span = spanText(Math.max(0, now - readAt), lang);
  if (freshness === 'verified') return <span className="age">{t('frame.age.read', { span })}</span>;
  return <span className="age age-old">{t('frame.age.notVerified', { span })}</span>;
}
