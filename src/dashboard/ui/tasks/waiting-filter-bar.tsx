import { WAITING_KINDS } from '../../../domain/tasks/kind-texts.js';
import type { WaitingPageAnswer } from '../http/answers.js';
import { useShops } from '../http/catalogue.js';
import { ChoiceFilter } from '../parts/choice-filter.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import type { WaitingFilters } from './waiting-queries.js';

interface WaitingFilterBarProps {
  readonly filters: WaitingFilters;
  /** How much there is of each owner, of what is shown; absent: nothing read yet. */
  readonly owners: WaitingPageAnswer['owners'];
  readonly onChange: (filters: WaitingFilters) => void;
}

/** By kind, shop and owner; kept in the address by whoever holds them. */
export function WaitingFilterBar({ filters, owners, onChange }: WaitingFilterBarProps) {
  const { t, lang } = useWords();
  const shops = useShops();
  const set = (name: keyof WaitingFilters) => (value: string | undefined) =>
    onChange({ ...filters, [name]: value ?? '' });
  const kinds = Object.entries(WAITING_KINDS).map(([value, text]) => ({ value, label: sideIn(lang, text) }));
  const named = Object.keys(owners).filter((owner) => owner !== '');
  return (
    <>
      <ChoiceFilter label={t('task.filter.kind')} value={filters.kind} choices={kinds} onChange={set('kind')} />
      <ChoiceFilter
        label={t('task.filter.shop')}
        value={filters.shopId}
        choices={shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
        onChange={set('shopId')}
      />
      <ChoiceFilter
        label={t('task.filter.owner')}
        value={filters.owner}
        choices={[{ value: '-', label: t('task.filter.nobody') }, ...named.map((value) => ({ value, label: value }))]}
        onChange={set('owner')}
      />
    </>
  );
}
