import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { DriftAnswer, LaneAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Dialog } from '../parts/dialog.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Reading, Taken } from '../parts/reading.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';

interface DriftDialogProps {
  readonly lane: LaneAnswer;
  readonly name: string;
  readonly onClose: () => void;
}

function DriftTable({ drift }: { readonly drift: DriftAnswer }) {
  const { t } = useWords();
  if (drift.queues.length === 0) return <p>{t('lane.drift.same')}</p>;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{t('lane.drift.queue')}</th>
          <th scope="col">{t('lane.drift.withoutJob')}</th>
          <th scope="col">{t('lane.drift.withoutRow')}</th>
        </tr>
      </thead>
      <tbody>
        {drift.queues.map(({ queue, withoutJob, withoutRow }) => (
          <tr key={queue}>
            <th scope="row">{queue}</th>
            <td className="figure">{withoutJob}</td>
            <td className="figure">{withoutRow}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What Redis and MySQL disagree about on a lane, counted first; rebuilding is offered when there is something to mend. */
export function DriftDialog({ lane, name, onClose }: DriftDialogProps) {
  const { t } = useWords();
  const rebuild = useAct('lanes.rebuild');
  const path = `/api/v1/lanes/${lane.id}`;
  const query = useQuery({
    queryKey: ['drift', lane.id],
    queryFn: () => call<DriftAnswer>('GET', `${path}/drift`),
    gcTime: 0,
    retry: false,
  });
  const [mended, setMended] = useState<DriftAnswer | null>(null);
  const step = useStep<object, DriftAnswer>('POST', `${path}/rebuild`, setMended);
  const mayMend = rebuild.may && mended === null && (query.data?.queues.length ?? 0) > 0;
  return (
    <Dialog title={t('lane.drift.title', { lane: name })} onClose={onClose}>
      {mended ? (
        <>
          <DriftTable drift={mended} />
          {mended.queues.length > 0 && <Taken>{t('lane.drift.done')}</Taken>}
        </>
      ) : (
        <Reading query={query}>
          {query.data && (
            <>
              <DriftTable drift={query.data} />
              <Age readAt={query.dataUpdatedAt} />
            </>
          )}
        </Reading>
      )}
      {mayMend && <p>{t('lane.drift.what')}</p>}
      {step.error && <ProblemAlert problem={step.error} />}
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('frame.act.close')}</Button>
        {mayMend && (
          <Button type="primary" loading={step.isPending} onClick={() => step.mutate({})} {...rebuild.mark}>
            {t('lane.drift.rebuild')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
