import { Button, Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../texts/i18n.js';
import { AUDIT_FILTERS, type AuditFilters } from './audit-filters.js';

interface AuditSearchProps {
  readonly filters: AuditFilters;
  readonly onSearch: (filters: AuditFilters) => void;
}

/** Who, what, to what, and when. */
export function AuditSearch({ filters, onSearch }: AuditSearchProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState<AuditFilters>(filters);
  return (
    <search>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          onSearch(typed);
        }}
      >
        {AUDIT_FILTERS.map((name) => (
          <div key={name} className="audit-filter">
            <label htmlFor={`audit-${name}`}>{t(`audit.${name}`)}</label>
            <Input
              id={`audit-${name}`}
              type={name === 'since' || name === 'until' ? 'datetime-local' : 'text'}
              value={typed[name] ?? ''}
              maxLength={191}
              onChange={({ target }) => setTyped({ ...typed, [name]: target.value })}
            />
          </div>
        ))}
        <Button type="primary" htmlType="submit">
          {t('audit.find')}
        </Button>
        <Button onClick={() => onSearch({})}>{t('frame.act.clear')}</Button>
      </form>
    </search>
  );
}
