import { Button, Input } from 'antd';
import { useCarriers, useShops } from '../http/catalogue.js';
import type { AddressFilters } from '../place/address-filters.js';
import { useWords } from '../texts/i18n.js';
import { ChoiceFilter } from './choice-filter.js';
import { courierName } from './couriers.js';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A filter of the page's own: its name in the address and what may be chosen. */
export interface OwnFilter {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly Choice[];
}

interface GoodsFiltersProps {
  readonly words: 'return' | 'claim';
  readonly filters: AddressFilters;
  readonly own: readonly OwnFilter[];
  /** Yes-or-no filters of the API, of which one at a time is chosen. */
  readonly only: readonly Choice[];
  readonly onChange: (filters: Readonly<Record<string, string | undefined>>) => void;
}

/** Search by number and the filters of returns and claims; whoever holds them keeps them in the address. */
export function GoodsFilters({ words, filters, own, only, onChange }: GoodsFiltersProps) {
  const { t, lang } = useWords();
  const shops = useShops();
  const carriers = useCarriers();
  const set = (name: string) => (value: string | undefined) => onChange({ ...filters, [name]: value });
  const chosen = only.find(({ value }) => filters[value] !== undefined)?.value;
  const choose = (value: string | undefined) => {
    const none = Object.fromEntries(only.map((choice) => [choice.value, undefined]));
    onChange({ ...filters, ...none, ...(value === undefined ? {} : { [value]: 'true' }) });
  };
  return (
    <search className="filters">
      <Input.Search
        key={filters['q'] ?? ''}
        className="find"
        defaultValue={filters['q'] ?? ''}
        placeholder={t(`${words}.search`)}
        aria-label={t(`${words}.search`)}
        enterButton={t(`${words}.find`)}
        allowClear
        maxLength={191}
        onSearch={(q) => set('q')(q.trim())}
      />
      {own.map(({ name, label, choices }) => (
        <ChoiceFilter key={name} label={label} value={filters[name]} choices={choices} onChange={set(name)} />
      ))}
      <ChoiceFilter
        label={t(`${words}.filter.carrier`)}
        value={filters['carrier']}
        choices={carriers.map((value) => ({ value, label: courierName(value, lang) }))}
        onChange={set('carrier')}
      />
      <ChoiceFilter
        label={t(`${words}.filter.shop`)}
        value={filters['shopId']}
        choices={shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
        onChange={set('shopId')}
      />
      <ChoiceFilter label={t(`${words}.filter.only`)} value={chosen} choices={only} onChange={choose} />
      {Object.keys(filters).length > 0 && (
        <Button type="link" onClick={() => onChange({})}>
          {t(`${words}.filter.clear`)}
        </Button>
      )}
    </search>
  );
}
