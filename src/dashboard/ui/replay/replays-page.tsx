import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { Page, ReplayAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { LoadMore } from '../intercepts/load-more.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { refreshEvery } from '../time/freshness.js';
import { FilterFields } from './filter-fields.js';
import { ReplayDialog, type ReplayFilter } from './replay-dialog.js';
import { replayFilterOf, replayFiltersFrom, replaysAddress } from './replay-filters.js';
import { ReplayTable } from './replay-table.js';

function useReplays() {
  return useInfiniteQuery({
    queryKey: ['replays'],
    queryFn: ({ pageParam }) =>
      call<Page<ReplayAnswer>>('GET', `/api/v1/replays${pageParam === null ? '' : `?cursor=${pageParam}`}`),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => refreshEvery(query.state.data?.pages.length ?? 1),
  });
}

/** Named batches of intercepts that are let go again: the list, and a new one by filter and time. */
export function ReplaysPage() {
  const { t } = useWords();
  const { may, mark } = useAct('replays.create');
  const filters = replayFiltersFrom(usePlace().search);
  const [previewed, setPreviewed] = useState<ReplayFilter | null>(null);
  const list = useReplays();
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('replay.list')} about={t('replay.about')} beside={<Age readAt={list.dataUpdatedAt} />} />
      {may && (
        <section className="panel new-batch" aria-label={t('replay.create.title')}>
          <h2>{t('replay.create.title')}</h2>
          <div className="filters">
            <FilterFields filters={filters} onChange={(next) => go(replaysAddress(next))} />
            <Button type="primary" {...mark} onClick={() => setPreviewed(replayFilterOf(filters, new Date()))}>
              {t('replay.create.preview')}
            </Button>
          </div>
          <p className="muted">{t('replay.create.until')}</p>
        </section>
      )}
      <Reading query={list}>
        {rows.length === 0 ? <p className="reading">{t('replay.none')}</p> : <ReplayTable rows={rows} />}
        <LoadMore count={rows.length} query={list} />
      </Reading>
      {previewed && (
        <ReplayDialog filter={previewed} onClose={() => setPreviewed(null)} onStarted={(id) => go(`/replays/${id}`)} />
      )}
    </>
  );
}
