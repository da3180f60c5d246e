import type { OverviewAnswer } from '../http/answers.js';
import { Mark } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Ago } from '../time/moments.js';

/** Alerts that are raised at this moment; those that are over were told to the group and are gone. */
export function AlertList({ alerts }: { readonly alerts: OverviewAnswer['alerts'] }) {
  const { t, lang } = useWords();
  return (
    <section className="panel" aria-labelledby="alerts">
      <div className="panel-head">
        <h2 id="alerts">{t('overview.alerts.title')}</h2>
        {alerts.length > 0 && <Mark tone="bad">{alerts.length}</Mark>}
      </div>
      {alerts.length === 0 && <p className="muted">{t('overview.alerts.none')}</p>}
      <ul className="brief">
        {alerts.map(({ kind, subject, since, text }) => (
          <li key={`${kind} ${subject}`}>
            <span className="brief-what">{sideIn(lang, text)}</span>
            <Ago at={since} />
          </li>
        ))}
      </ul>
    </section>
  );
}
