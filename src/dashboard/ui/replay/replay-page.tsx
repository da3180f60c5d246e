import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { Page, ReplayAnswer, ReplayItemAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { LoadMore } from '../intercepts/load-more.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { ItemTable } from './item-table.js';
import { OUTCOMES } from './outcomes.js';
import { PreviewTable } from './preview-table.js';
import { ReplayProgress, useReplay } from './replay-progress.js';

const LOOK_EVERY_MS = 2_000;

/** What is read belongs to a state of the replay: a new one is read anew. */
function useItems(id: string, outcome: string, state: ReplayAnswer['state'] | undefined) {
  return useInfiniteQuery({
    queryKey: ['replay-items', id, outcome, state],
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => {
      const search = new URLSearchParams({
        ...(outcome === '' ? {} : { outcome }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      });
      return call<Page<ReplayItemAnswer>>('GET', `/api/v1/replays/${id}/items?${search}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: state === 'running' ? LOOK_EVERY_MS : false,
  });
}

/** One replay: how far it is, what was expected of it, and what became of each intercept. */
export function ReplayPage({ id }: { readonly id: string }) {
  const { t } = useWords();
  const replay = useReplay(id).data;
  const outcome = usePlace().search.get('outcome') ?? '';
  const items = useItems(id, outcome, replay?.state);
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  const choices = [
    { value: '', label: t('replay.outcome.all') },
    ...OUTCOMES.map((value) => {
      const count = value === 'open' ? (replay ? replay.toDo - replay.done : 0) : (replay?.outcomes[value] ?? 0);
      return { value, label: `${t(`replay.outcome.${value}`)} ${count}` };
    }),
  ];
  return (
    <>
      <PageHead title={replay?.name ?? t('frame.nav.replay')} />
      <ReplayProgress id={id}>
        {replay && (
          <details>
            <summary>{t('replay.preview')}</summary>
            <PreviewTable preview={replay} />
          </details>
        )}
      </ReplayProgress>
      <div className="bar">
        <h2>{t('replay.items')}</h2>
        <Select<string>
          className="filter"
          aria-label={t('replay.outcome.label')}
          value={outcome}
          options={choices}
          popupMatchSelectWidth={false}
          onChange={(next) => go(next === '' ? `/replays/${id}` : `/replays/${id}?outcome=${next}`)}
        />
        <Age readAt={items.dataUpdatedAt} />
      </div>
      <Reading query={items}>
        {rows.length === 0 ? <p className="reading">{t('replay.noItems')}</p> : <ItemTable rows={rows} />}
        <LoadMore count={rows.length} query={items} />
      </Reading>
    </>
  );
}
