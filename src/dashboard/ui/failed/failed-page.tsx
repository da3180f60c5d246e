import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import { addressOf } from '../intercepts/filters.js';
import { useInterceptList } from '../intercepts/intercept-queries.js';
import { InterceptTable } from '../intercepts/intercept-table.js';
import { LoadMore } from '../intercepts/load-more.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { ReplayDialog } from '../replay/replay-dialog.js';
import { ReplayProgress } from '../replay/replay-progress.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';

/** States from which an intercept can be tried again. */
const RETRYABLE = ['refused', 'expired', 'needs_review'] as const;
type Retryable = (typeof RETRYABLE)[number];

const NONE: ReadonlySet<string> = new Set();

const isRetryable = (word: string | null): word is Retryable => RETRYABLE.some((state) => state === word);

/** Those that failed and may be tried again, many at once. */
export function FailedPage() {
  const { t } = useWords();
  const { mark } = useAct('failed.replay');
  const asked = usePlace().search.get('state');
  const state = isRetryable(asked) ? asked : RETRYABLE[0];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE);
  const [previewed, setPreviewed] = useState<readonly string[] | null>(null);
  const [started, setStarted] = useState<string | null>(null);
  const list = useInterceptList({ state });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  // A row that has moved on is no longer in the list and must not be retried unseen.
  const ids = rows.map((row) => row.id).filter((id) => chosen.has(id));
  const show = (next: Retryable) => {
    setChosen(NONE);
    go(addressOf('/failed', { state: next }));
  };
  const follow = (id: string) => {
    setPreviewed(null);
    setChosen(NONE);
    setStarted(id);
  };
  return (
    <>
      <PageHead title={t('failed.title')} about={t('failed.about')} beside={<Age readAt={list.dataUpdatedAt} />} />
      {started && <ReplayProgress id={started} />}
      <div className="bar">
        <Segmented<Retryable>
          aria-label={t('failed.state')}
          value={state}
          options={RETRYABLE.map((value) => ({ value, label: t(`intercept.state.${value}`) }))}
          onChange={show}
        />
        <Button type="primary" {...mark} disabled={ids.length === 0} onClick={() => setPreviewed(ids)}>
          {t('failed.preview')}
        </Button>
        <span role="status">{t('failed.chosen', { count: ids.length })}</span>
      </div>
      <Reading query={list}>
        <InterceptTable rows={rows} selection={{ ids: chosen, onChange: setChosen }} />
        <LoadMore count={rows.length} query={list} />
      </Reading>
      {previewed && <ReplayDialog filter={{ ids: previewed }} onClose={() => setPreviewed(null)} onStarted={follow} />}
    </>
  );
}
