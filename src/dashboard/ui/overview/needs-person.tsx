import type { OverviewAnswer } from '../http/answers.js';
import { Mark } from '../parts/mark.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Due } from '../time/moments.js';

/** The nearest of what waits for a person, and how much there is. */
export function NeedsPerson({ waiting }: { readonly waiting: OverviewAnswer['waiting'] }) {
  const { t, lang } = useWords();
  return (
    <section className="panel" aria-labelledby="needs-person">
      <div className="panel-head">
        <h2 id="needs-person">{t('overview.waiting.title')}</h2>
        {waiting.total > 0 && <span>{t('overview.waiting.total', { count: waiting.total })}</span>}
        {waiting.overdue > 0 && <Mark tone="bad">{t('overview.waiting.overdue', { count: waiting.overdue })}</Mark>}
        <Link to="/tasks">{t('overview.waiting.all')}</Link>
      </div>
      {waiting.total === 0 && <p className="muted">{t('overview.waiting.none')}</p>}
      <ul className="brief">
        {waiting.first.map((item) => (
          <li key={item.id} data-row={item.id}>
            <Link to={`/intercepts/${item.interceptId}`} className="number">
              {item.waybillNo}
            </Link>
            <span className="brief-what">
              {sideIn(lang, item.kindText)} · {sideIn(lang, item.reasonText)}
            </span>
            <Due at={item.dueAt} />
          </li>
        ))}
      </ul>
    </section>
  );
}
