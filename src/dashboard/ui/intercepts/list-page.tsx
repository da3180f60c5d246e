import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { FilterBar } from './filter-bar.js';
import { addressOf, filtersFrom } from './filters.js';
import { useInterceptList } from './intercept-queries.js';
import { InterceptTable } from './intercept-table.js';
import { LoadMore } from './load-more.js';

/** All intercepts (R40). */
export function InterceptListPage() {
  const { t } = useWords();
  const { search } = usePlace();
  const filters = filtersFrom(search);
  const list = useInterceptList(filters);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('intercept.title')} beside={<Age readAt={list.dataUpdatedAt} />} />
      <FilterBar filters={filters} onChange={(next) => go(addressOf('/intercepts', next))} />
      <Reading query={list}>
        <InterceptTable rows={rows} />
        <LoadMore
          count={rows.length}
          hasMore={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      </Reading>
    </>
  );
}
