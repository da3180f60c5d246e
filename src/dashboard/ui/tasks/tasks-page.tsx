import { Button } from 'antd';
import { useState } from 'react';
import { type PersonStep, withdrawalOf } from '../../../domain/intercept/person-steps.js';
import { useAct } from '../actions/use-act.js';
import type { WaitingAnswer } from '../http/answers.js';
import { LoadMore } from '../intercepts/load-more.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { StepDialog } from '../steps/step-dialog.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { DigestDialog } from './digest-dialog.js';
import { FinishDialog } from './finish-dialog.js';
import { WaitingCard } from './waiting-card.js';
import { WaitingFilterBar } from './waiting-filter-bar.js';
import { useWaiting, waitingAddress, waitingFiltersFrom } from './waiting-queries.js';

const NONE: ReadonlySet<string> = new Set();

/** What is open over the page. */
type Over =
  | { readonly what: 'step'; readonly step: PersonStep; readonly item: WaitingAnswer }
  | { readonly what: 'finish'; readonly item: WaitingAnswer }
  | { readonly what: 'finishMany' }
  | { readonly what: 'digest' };

function withTick(ticked: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(ticked);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}

/** What waits for a person or is not known, the nearest due time first (R78), each done where it stands. */
export function TasksPage() {
  const { t } = useWords();
  const filters = waitingFiltersFrom(usePlace().search);
  const query = useWaiting(filters);
  const finish = useAct('tasks.doneMany');
  const handOver = useAct('tasks.digest');
  const [ticked, setTicked] = useState(NONE);
  const [over, setOver] = useState<Over | null>(null);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = query.data?.pages[0];
  const chosen = items.filter(({ taskId }) => taskId !== null && ticked.has(taskId));
  const close = () => setOver(null);
  return (
    <>
      <PageHead title={t('task.title')} about={t('task.about')} beside={<Age readAt={query.dataUpdatedAt} />} />
      <div className="bar">
        <WaitingFilterBar
          filters={filters}
          owners={counts?.owners ?? {}}
          onChange={(next) => go(waitingAddress(next))}
        />
        {finish.may && (
          <Button disabled={chosen.length === 0} onClick={() => setOver({ what: 'finishMany' })} {...finish.mark}>
            {t('task.doneMany.button', { count: chosen.length })}
          </Button>
        )}
        <Button onClick={() => setOver({ what: 'digest' })} {...handOver.mark}>
          {t('task.digest.button')}
        </Button>
        {counts && <span role="status">{t('task.count', { total: counts.total, overdue: counts.overdue })}</span>}
      </div>
      <Reading query={query}>
        {items.length === 0 && (
          <p className="panel reading">{t(Object.keys(filters).length === 0 ? 'task.none' : 'task.noneFiltered')}</p>
        )}
        <ul className="cards">
          {items.map((item) => {
            const { taskId } = item;
            return (
              <WaitingCard
                key={item.id}
                item={item}
                ticked={taskId !== null && ticked.has(taskId)}
                onTick={taskId !== null && finish.may ? (on) => setTicked(withTick(ticked, taskId, on)) : null}
                onStep={(step) => setOver({ what: 'step', step, item })}
                onFinish={() => setOver({ what: 'finish', item })}
              />
            );
          })}
        </ul>
        <LoadMore count={items.length} query={query} />
      </Reading>
      {over?.what === 'step' && (
        <StepDialog
          step={over.step}
          of={{ ...over.item, id: over.item.interceptId, withdrawal: withdrawalOf(over.item.state) }}
          onClose={close}
          onDone={close}
        />
      )}
      {over?.what === 'finish' && (
        <ConfirmStep
          path={`/api/v1/tasks/${over.item.taskId}/done`}
          title={`${t('task.done.button')} ${over.item.waybillNo}`}
          what={t('task.done.what')}
          submit={t('task.done.button')}
          onClose={close}
          onDone={close}
        />
      )}
      {over?.what === 'finishMany' && <FinishDialog items={chosen} onClose={close} />}
      {over?.what === 'digest' && <DigestDialog onClose={close} />}
    </>
  );
}
