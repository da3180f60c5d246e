import { useInfiniteQuery } from '@tanstack/react-query';
import { billerName } from '../bills/biller-name.js';
import type { LedgerEntryAnswer, Page } from '../http/answers.js';
import { useCarriers, useShops } from '../http/catalogue.js';
import { call } from '../http/client.js';
import { LoadMore } from '../intercepts/load-more.js';
import { ChoiceFilter } from '../parts/choice-filter.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { refreshEvery } from '../time/freshness.js';
import { FeeTable } from './fee-table.js';
import { type FeeFilters, feeFiltersFrom, feesAddress } from './fees-address.js';

const VERIFICATIONS = ['unverified', 'matched', 'disputed'] as const;

function useLedger(filters: FeeFilters) {
  return useInfiniteQuery({
    queryKey: ['intercepts', 'fees', filters],
    queryFn: ({ pageParam }) => {
      const search = new URLSearchParams({ ...filters, ...(pageParam === null ? {} : { cursor: pageParam }) });
      return call<Page<LedgerEntryAnswer>>('GET', `/api/v1/ledger?${search}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => refreshEvery(query.state.data?.pages.length ?? 1),
  });
}

/** The ledger, entry by entry (R30): what was booked, what the tariff says, what the bills say. */
export function FeesPage() {
  const { t, lang } = useWords();
  const { search } = usePlace();
  const filters = feeFiltersFrom(search);
  const list = useLedger(filters);
  const [shops, carriers] = [useShops(), useCarriers()];
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const set = (name: keyof FeeFilters) => (value: string | undefined) => {
    const { [name]: _before, ...others } = filters;
    go(feesAddress(value === undefined ? others : { ...others, [name]: value }), 'replace');
  };
  return (
    <>
      <PageHead title={t('fee.title')} about={t('fee.about')} beside={<Age readAt={list.dataUpdatedAt} />} />
      <search className="filters">
        <ChoiceFilter
          label={t('bill.source')}
          value={filters.biller}
          choices={carriers.map((value) => ({ value, label: billerName(value, lang) }))}
          onChange={set('biller')}
        />
        <ChoiceFilter
          label={t('invoice.column.shop')}
          value={filters.shopId}
          choices={shops.map(({ id, name }) => ({ value: id, label: `${name} ${id}` }))}
          onChange={set('shopId')}
        />
        <ChoiceFilter
          label={t('fee.column.bill')}
          value={filters.verification}
          choices={VERIFICATIONS.map((value) => ({ value, label: t(`fee.verification.${value}`) }))}
          onChange={set('verification')}
        />
      </search>
      <Reading query={list}>
        {rows.length === 0 ? <p className="reading">{t('fee.none')}</p> : <FeeTable rows={rows} linked />}
        <LoadMore count={rows.length} query={list} />
      </Reading>
    </>
  );
}
