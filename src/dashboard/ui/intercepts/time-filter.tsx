import { localMoment, momentOf } from '../replay/replay-filters.js';
import { useWords } from '../texts/i18n.js';

interface TimeFilterProps {
  /** RFC 3339, as they stand in the address. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly onChange: (since: string, until: string) => void;
}

/** From when to when an intercept was opened, on the clock of whoever looks; for what no period names. */
export function TimeFilter({ since = '', until = '', onChange }: TimeFilterProps) {
  const { t } = useWords();
  return (
    <span className="filter-range">
      <input
        type="datetime-local"
        className="moment-field"
        aria-label={t('list.since')}
        value={localMoment(since)}
        onChange={({ target }) => onChange(momentOf(target.value), until)}
      />
      <span aria-hidden="true">–</span>
      <input
        type="datetime-local"
        className="moment-field"
        aria-label={t('list.until')}
        value={localMoment(until)}
        onChange={({ target }) => onChange(since, momentOf(target.value))}
      />
    </span>
  );
}
