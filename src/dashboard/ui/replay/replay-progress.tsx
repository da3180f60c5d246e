import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReplayAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Reading } from '../parts/reading.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';

const LOOK_EVERY_MS = 1_000;

/** How far a batch is; it can be stopped while it runs. */
export function ReplayProgress({ id }: { readonly id: string }) {
  const { t } = useWords();
  const [stopping, setStopping] = useState(false);
  const query = useQuery({
    queryKey: ['replay', id],
    queryFn: () => call<ReplayAnswer>('GET', `/api/v1/replays/${id}`),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'running' ? LOOK_EVERY_MS : false,
  });
  const replay = query.data;
  return (
    <section className="panel progress" aria-label={replay?.name ?? t('replay.title')}>
      <Reading query={query}>
        {replay && (
          <div className="steps">
            <strong>{replay.name}</strong>
            <span role="status">{t(`replay.state.${replay.state}`)}</span>
            <progress value={replay.done} max={Math.max(1, replay.toDo)} aria-label={replay.name} />
            <span>{t('replay.progress', { done: replay.done, toDo: replay.toDo, failed: replay.failed })}</span>
            {replay.total > replay.toDo && <span>{t('replay.leftAlone', { count: replay.total - replay.toDo })}</span>}
            <Age readAt={query.dataUpdatedAt} />
            {replay.state === 'running' && (
              <Button onClick={() => setStopping(true)}>{t('replay.abort.button')}</Button>
            )}
          </div>
        )}
      </Reading>
      {stopping && (
        <ConfirmStep
          path={`/api/v1/replays/${id}/abort`}
          title={t('replay.abort.button')}
          what={t('replay.abort.what')}
          submit={t('replay.abort.button')}
          danger
          onClose={() => setStopping(false)}
          onDone={() => setStopping(false)}
        />
      )}
    </section>
  );
}
