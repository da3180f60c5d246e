import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ImportDetailAnswer, ImportRowAnswer, Page } from '../http/answers.js';
import { useShopName } from '../http/catalogue.js';
import { call } from '../http/client.js';
import { LoadMore } from '../intercepts/load-more.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { ImportHead } from './import-head.js';
import { RowFilter } from './row-filter.js';
import { RowTable } from './row-table.js';

const LOOK_EVERY_MS = 1_000;
const MOVES: ReadonlySet<ImportDetailAnswer['state']> = new Set(['uploading', 'reading', 'previewing', 'running']);

function useImport(id: string) {
  return useQuery({
    queryKey: ['import', id],
    queryFn: () => call<ImportDetailAnswer>('GET', `/api/v1/imports/${id}`),
    refetchInterval: ({ state }) =>
      state.data === undefined || MOVES.has(state.data.state) ? LOOK_EVERY_MS : 10 * LOOK_EVERY_MS,
  });
}

/** `narrowed`: `class=…` or `outcome=…` of the address. What is read belongs to a state: a new one is read anew. */
function useRows(id: string, narrowed: string, state: ImportDetailAnswer['state'] | undefined) {
  const moves = state === undefined || MOVES.has(state);
  return useInfiniteQuery({
    queryKey: ['import-rows', id, narrowed, state],
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => {
      const search = new URLSearchParams(narrowed);
      if (pageParam !== null) search.set('cursor', pageParam);
      return call<Page<ImportRowAnswer>>('GET', `/api/v1/imports/${id}/rows?${search}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => (moves ? 2 * LOOK_EVERY_MS * (query.state.data?.pages.length ?? 1) : false),
  });
}

/** One import: its rows with the decision of each, then what became of them. */
export function ImportPage({ id }: { readonly id: string }) {
  const { t } = useWords();
  const { search } = usePlace();
  const query = useImport(id);
  const batch = query.data;
  const shop = useShopName(batch?.shopId ?? '');
  const narrowed = new URLSearchParams(
    ['class', 'outcome'].flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : [])),
  ).toString();
  const rows = useRows(id, narrowed, batch?.state);
  const shown = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead
        title={batch ? t('import.of', { fileName: batch.fileName, shop }) : t('frame.nav.import')}
        beside={<Age readAt={query.dataUpdatedAt} />}
      />
      <Reading query={query}>{batch && <ImportHead batch={batch} />}</Reading>
      {batch && batch.rows > 0 && (
        <>
          <RowFilter batch={batch} narrowed={narrowed} />
          <Reading query={rows}>
            {shown.length === 0 ? <p className="reading">{t('import.noRows')}</p> : <RowTable rows={shown} />}
            <LoadMore count={shown.length} query={rows} />
          </Reading>
        </>
      )}
    </>
  );
}
