import { ALL_IMPORT_CLASSES, ALL_IMPORT_OUTCOMES } from '../../../domain/import/classify.js';
import type { ImportDetailAnswer } from '../http/answers.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';

interface RowFilterProps {
  readonly batch: ImportDetailAnswer;
  /** `class=…`, `outcome=…`, or empty. */
  readonly narrowed: string;
}

/** How many rows there are of each kind; a click shows them alone. */
export function RowFilter({ batch, narrowed }: RowFilterProps) {
  const { t } = useWords();
  const to = (search: string) => `/imports/${batch.id}${search === '' ? '' : `?${search}`}`;
  const classes = ALL_IMPORT_CLASSES.filter((name) => batch.classes[name] !== undefined);
  const outcomes = ALL_IMPORT_OUTCOMES.filter((name) => batch.outcomes[name] !== undefined);
  return (
    <nav className="row-filter" aria-label={t('import.byClass')}>
      <Link to={to('')} current={narrowed === ''}>
        {t('import.all')} {batch.rows.toLocaleString('en-US')}
      </Link>
      <span className="muted">{t('import.byClass')}</span>
      {classes.map((name) => (
        <Link key={name} to={to(`class=${name}`)} current={narrowed === `class=${name}`}>
          {t(`import.class.${name}`)} {batch.classes[name]?.toLocaleString('en-US')}
        </Link>
      ))}
      {batch.startedBy !== null && (
        <>
          <span className="muted">{t('import.byOutcome')}</span>
          {outcomes.map((name) => (
            <Link key={name} to={to(`outcome=${name}`)} current={narrowed === `outcome=${name}`}>
              {t(`import.outcome.${name}`)} {batch.outcomes[name]?.toLocaleString('en-US')}
            </Link>
          ))}
        </>
      )}
    </nav>
  );
}
