import { Button, Input, Select } from 'antd';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { REASONS } from '../../../domain/reasons.js';
import { useCarriers, useShops } from '../http/catalogue.js';
import { courierName } from '../parts/couriers.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { type FilterName, type Filters, PERIODS, type Period } from './filters.js';

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface ChoiceFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string | undefined) => void;
}

/** Room for all states without scrolling, pixels. */
const LIST_HEIGHT = 448;

/** One filter with its name in front; a value from the address that is not among the choices is shown as it is. */
function ChoiceFilter({ label, value, choices, onChange }: ChoiceFilterProps) {
  const { t } = useWords();
  return (
    <Select<string>
      className="filter"
      prefix={<span className="filter-name">{label}</span>}
      aria-label={label}
      placeholder={t('intercept.filter.all')}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      listHeight={LIST_HEIGHT}
      options={[...choices]}
      {...(value === undefined ? {} : { value })}
      onChange={(next: string | undefined) => onChange(next)}
    />
  );
}

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
      {Object.keys(filters).length > 0 && (
        <Button type="link" onClick={() => onChange({})}>
          {t('intercept.filter.clear')}
        </Button>
      )}
    </search>
  );
}
