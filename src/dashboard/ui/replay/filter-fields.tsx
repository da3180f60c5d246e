import { useId } from 'react';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { REASONS } from '../../../domain/reasons.js';
import { useCarriers, useShops } from '../http/catalogue.js';
import { ChoiceFilter } from '../parts/choice-filter.js';
import { courierName } from '../parts/couriers.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { localMoment, momentOf, type ReplayFilterName, type ReplayFilters } from './replay-filters.js';

interface FilterFieldsProps {
  readonly filters: ReplayFilters;
  readonly onChange: (filters: ReplayFilters) => void;
}

/** What a replay is about: state, courier, shop, reason, and the time it was created. */
export function FilterFields({ filters, onChange }: FilterFieldsProps) {
  const { t, lang } = useWords();
  const shops = useShops();
  const carriers = useCarriers();
  const set = (name: ReplayFilterName) => (value: string | undefined) => onChange({ ...filters, [name]: value ?? '' });
  const choices = {
    state: INTERCEPT_STATES.map((value) => ({ value, label: t(`intercept.state.${value}`) })),
    carrier: carriers.map((value) => ({ value, label: courierName(value, lang) })),
    shopId: shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` })),
    reason: Object.entries(REASONS).map(([value, reason]) => ({
      value,
      label: `${reason.rule ?? ''} ${sideIn(lang, reason)} ${value}`.trim(),
    })),
  } as const;
  const labels = {
    state: t('intercept.filter.state'),
    carrier: t('intercept.filter.carrier'),
    shopId: t('intercept.filter.shop'),
    reason: t('intercept.filter.reason'),
  } as const;
  return (
    <>
      {(['state', 'carrier', 'shopId', 'reason'] as const).map((name) => (
        <ChoiceFilter
          key={name}
          label={labels[name]}
          value={filters[name]}
          choices={choices[name]}
          onChange={set(name)}
        />
      ))}
      <MomentField label={t('replay.since')} value={filters.since} onChange={set('since')} />
      <MomentField label={t('replay.before')} value={filters.until} onChange={set('until')} />
    </>
  );
}

interface MomentFieldProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function MomentField({ label, value, onChange }: MomentFieldProps) {
  const id = useId();
  return (
    <span className="moment-pick">
      <label htmlFor={id} className="filter-name">
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        defaultValue={localMoment(value)}
        key={value ?? ''}
        onBlur={(event) => {
          const next = momentOf(event.target.value);
          if (localMoment(next) !== localMoment(value)) onChange(next);
        }}
      />
    </span>
  );
}
