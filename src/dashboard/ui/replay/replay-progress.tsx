import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { ReplayAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Reading } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { RateText } from './rate-text.js';

const LOOK_EVERY_MS = 1_000;

export function useReplay(id: string) {
  return useQuery({
    queryKey: ['replay', id],
    queryFn: () => call<ReplayAnswer>('GET', `/api/v1/replays/${id}`),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'running' ? LOOK_EVERY_MS : false,
  });
}

interface ReplayProgressProps {
  readonly id: string;
  /** Stands below, once it is read. */
  readonly children?: ReactNode;
}

/** How far a batch is; it can be stopped while it runs. */
export function ReplayProgress({ id, children }: ReplayProgressProps) {
  const { t } = useWords();
  const { may, mark } = useAct('replay.abort');
  const [stopping, setStopping] = useState(false);
  const query = useReplay(id);
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
            <RateText perSecond={replay.perSecond} />
            <Age readAt={query.dataUpdatedAt} />
            {may && replay.state === 'running' && (
              <Button {...mark} onClick={() => setStopping(true)}>
                {t('replay.abort.button')}
              </Button>
            )}
          </div>
        )}
        {replay && (children ?? <Link to={`/replays/${id}`}>{t('replay.details')}</Link>)}
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
