import { useWords } from '../texts/i18n.js';
import { useServerNow } from './clock.js';
import { momentText, spanText } from './span.js';

const STEP_MS = 5_000;
const SECOND_MS = 1_000;

/** When something happened, as "how long ago"; the exact time is its title. */
export function Ago({ at }: { readonly at: string }) {
  const { t, lang } = useWords();
  const now = useServerNow(STEP_MS);
  const span = spanText(Math.max(0, now - Date.parse(at)), lang);
  return (
    <time dateTime={at} title={momentText(at)}>
      {t('frame.time.ago', { span })}
    </time>
  );
}

/** A moment ahead as the time that is left, or how long it is past. */
export function Due({ at }: { readonly at: string | null }) {
  const { t, lang } = useWords();
  const now = useServerNow(STEP_MS);
  if (at === null) return <span>{t('frame.time.none')}</span>;
  const ms = Date.parse(at) - now;
  const span = spanText(ms, lang);
  return (
    <time dateTime={at} title={momentText(at)} className={ms < 0 ? 'due-over' : 'due'}>
      {ms < 0 ? t('frame.time.over', { span }) : t('frame.time.left', { span })}
    </time>
  );
}

/** A moment ahead as the time until then; past it, it is due any moment. */
export function In({ at }: { readonly at: string | null }) {
  const { t, lang } = useWords();
  const now = useServerNow(SECOND_MS);
  if (at === null) return <span>{t('frame.time.none')}</span>;
  return (
    <time dateTime={at} title={momentText(at)}>
      {t('frame.time.in', { span: spanText(Math.max(0, Date.parse(at) - now), lang) })}
    </time>
  );
}

/** An exact time. */
export function Moment({ at }: { readonly at: string }) {
  return <time dateTime={at}>{momentText(at)}</time>;
}
