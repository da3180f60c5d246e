import { useWords } from '../texts/i18n.js';
import { useNow } from './clock.js';
import { freshnessOf } from './freshness.js';
import { spanText } from './span.js';

const JUST_MS = 2_000;

/** How old a figure is; past its limit it says that it is not verified (R79). `readAt`: ms since 1970, 0: not read yet. */
export function Age({ readAt }: { readonly readAt: number }) {
  const { t, lang } = useWords();
  const now = useNow();
  const freshness = freshnessOf(readAt, now);
  if (freshness === 'reading') return <span className="age">{t('frame.age.reading')}</span>;
  const ageMs = Math.max(0, now - readAt);
  if (ageMs < JUST_MS) return <span className="age">{t('frame.age.justRead')}</span>;
  const span = spanText(ageMs, lang);
  if (freshness === 'verified') return <span className="age">{t('frame.age.read', { span })}</span>;
  return <span className="age age-old">{t('frame.age.notVerified', { span })}</span>;
}
