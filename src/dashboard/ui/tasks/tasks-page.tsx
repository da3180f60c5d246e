import { Button } from 'antd';
import { useState } from 'react';
import type { Page, TaskAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { Mark } from '../parts/mark.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { useMay } from '../session/session.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Age } from '../time/age.js';
import { Due } from '../time/moments.js';
import { CallText } from './call-text.js';

/** What waits for a person (R78). */
export function TasksPage() {
  const { t } = useWords();
  const mayFinish = useMay('tasks:write');
  const [finishing, setFinishing] = useState<TaskAnswer | null>(null);
  const query = useLive<Page<TaskAnswer>>(['tasks'], '/api/v1/tasks?state=open&limit=200');
  const open = (query.data?.items ?? []).toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  return (
    <>
      <PageHead title={t('task.title')} about={t('task.about')} beside={<Age readAt={query.dataUpdatedAt} />} />
      <Reading query={query}>
        {open.length === 0 && <p className="reading">{t('task.none')}</p>}
        <ul className="cards">
          {open.map((task) => (
            <TaskCard key={task.id} task={task} onFinish={mayFinish ? () => setFinishing(task) : null} />
          ))}
        </ul>
      </Reading>
      {finishing && (
        <ConfirmStep
          path={`/api/v1/tasks/${finishing.id}/done`}
          title={`${t('task.done.button')} ${finishing.waybillNo}`}
          what={t('task.done.what')}
          submit={t('task.done.button')}
          onClose={() => setFinishing(null)}
          onDone={() => setFinishing(null)}
        />
      )}
    </>
  );
}

interface TaskCardProps {
  readonly task: TaskAnswer;
  /** null: this person may not. */
  readonly onFinish: (() => void) | null;
}

function TaskCard({ task, onFinish }: TaskCardProps) {
  const { t, lang } = useWords();
  const kinds: Readonly<Record<string, string>> = t('task.kind', { returnObjects: true });
  return (
    <li className="panel card">
      <h2>
        <Mark tone="ask">{kinds[task.kind] ?? task.kind}</Mark>{' '}
        <span className="number">{t('task.waybill', { waybillNo: task.waybillNo })}</span>
      </h2>
      <p>{sideIn(lang, task.reasonText)}</p>
      {task.kind !== 'phone_branch' && <p>{sideIn(lang, task.nextStep)}</p>}
      <p className="muted">
        {t('task.due')} <Due at={task.dueAt} /> {task.owner}
      </p>
      <CallText reason={task.reason} waybillNo={task.waybillNo} />
      <div className="steps">
        <Link to={`/intercepts/${task.interceptId}`}>{t('task.open')}</Link>
        {onFinish && <Button onClick={onFinish}>{t('task.done.button')}</Button>}
      </div>
    </li>
  );
}
