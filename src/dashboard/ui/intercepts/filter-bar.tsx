import { Button, Input } from 'antd';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { REASONS } from '../../../domain/reasons.js';
import { useCarriers, useShops } from '../http/catalogue.js';
import { ChoiceFilter } from '../parts/choice-filter.js';
import { courierName } from '../parts/couriers.js';
import { platformName } from '../parts/platforms.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { type FilterName, type Filters, PERIODS, type Period } from './filters.js';
import { TimeFilter } from './time-filter.js';
import { ValueFilter } from './value-filter.js';

interface FilterBarProps {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

/** Search by any number, and the filters. Whoever holds the filters keeps them in the address. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { t, lang } = useWords();
  const shops = useShops();
  const carriers = useCarriers();
  const set = (name: FilterName) => (value: string | undefined) => onChange({ ...filters, [name]: value ?? '' });
  const states = INTERCEPT_STATES.map((value) => ({ value, label: t(`intercept.state.${value}`) }));
  const reasons = Object.entries(REASONS).map(([value, reason]) => ({
    value,
    label: `${reason.rule ?? ''} ${sideIn(lang, reason)} ${value}`.trim(),
  }));
  const platforms = [...new Set(shops.map(({ platform }) => platform))].sort();
  const periods = (Object.keys(PERIODS) as Period[]).map((value) => ({ value, label: t(`intercept.period.${value}`) }));
  return (
    <search className="filters">
      <Input.Search
        key={filters.q ?? ''}
        className="find"
        defaultValue={filters.q ?? ''}
        placeholder={t('intercept.search')}
        aria-label={t('intercept.searchLabel')}
        enterButton={t('intercept.find')}
        allowClear
        maxLength={191}
        onSearch={(q) => set('q')(q.trim())}
      />
      <ChoiceFilter
        label={t('intercept.filter.state')}
        value={filters.state}
        choices={states}
        onChange={set('state')}
      />
      <ChoiceFilter
        label={t('intercept.filter.carrier')}
        value={filters.carrier}
        choices={carriers.map((value) => ({ value, label: courierName(value, lang) }))}
        onChange={set('carrier')}
      />
      <ChoiceFilter
        label={t('intercept.filter.shop')}
        value={filters.shopId}
        choices={shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
        onChange={set('shopId')}
      />
      <ChoiceFilter
        label={t('list.platform')}
        value={filters.platform}
        choices={platforms.map((value) => ({ value, label: platformName(value, lang) }))}
        onChange={set('platform')}
      />
      <ChoiceFilter
        label={t('intercept.filter.reason')}
        value={filters.reason}
        choices={reasons}
        onChange={set('reason')}
      />
      <ChoiceFilter
        label={t('intercept.filter.period')}
        value={filters.period}
        choices={periods}
        onChange={set('period')}
      />
      {filters.period === undefined && (
        <TimeFilter
          since={filters.since}
          until={filters.until}
          onChange={(since, until) => onChange({ ...filters, since, until })}
        />
      )}
      <ValueFilter
        key={`${filters.minValue} ${filters.maxValue}`}
        min={filters.minValue}
        max={filters.maxValue}
        onChange={(minValue, maxValue) => onChange({ ...filters, minValue, maxValue })}
      />
      {Object.keys(filters).length > 0 && (
        <Button type="link" onClick={() => onChange({})}>
          {t('intercept.filter.clear')}
        </Button>
      )}
    </search>
  );
}
