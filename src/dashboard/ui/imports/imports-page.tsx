import { useInfiniteQuery } from '@tanstack/react-query';
import { useAct } from '../actions/use-act.js';
import type { ImportAnswer, Page } from '../http/answers.js';
import { call } from '../http/client.js';
import { LoadMore } from '../intercepts/load-more.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { refreshEvery } from '../time/freshness.js';
import { ImportTable } from './import-table.js';
import { UploadForm } from './upload-form.js';

function useImports() {
  return useInfiniteQuery({
    queryKey: ['imports'],
    queryFn: ({ pageParam }) =>
      call<Page<ImportAnswer>>('GET', `/api/v1/imports${pageParam === null ? '' : `?cursor=${pageParam}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => refreshEvery(query.state.data?.pages.length ?? 1),
  });
}

/** Files of requests (R22): a new one, and all there were. */
export function ImportsPage() {
  const { t } = useWords();
  const { may } = useAct('imports.upload');
  const list = useImports();
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('import.title')} about={t('import.about')} />
      {may && <UploadForm />}
      <div className="bar">
        <h2>{t('import.list')}</h2>
        <Age readAt={list.dataUpdatedAt} />
      </div>
      <Reading query={list}>
        {rows.length === 0 ? <p className="reading">{t('import.none')}</p> : <ImportTable rows={rows} />}
        <LoadMore count={rows.length} query={list} />
      </Reading>
    </>
  );
}
