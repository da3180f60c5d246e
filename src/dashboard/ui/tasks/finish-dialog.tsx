import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { TasksDoneAnswer, WaitingAnswer } from '../http/answers.js';
import { useActor } from '../intercepts/actor.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';

interface FinishDialogProps {
  readonly items: readonly WaitingAnswer[];
  readonly onClose: () => void;
}

type Outcome = TasksDoneAnswer['items'][number];

/** A task that somebody else, or the end of its condition, finished first. */
function Before({ outcome, waybillNo }: { readonly outcome: Outcome; readonly waybillNo: string }) {
  const { t } = useWords();
  const actor = useActor(outcome.by ?? '');
  return (
    <li>
      {outcome.by === null ? t('task.doneMany.gone', { waybillNo }) : t('task.doneMany.before', { waybillNo, actor })}{' '}
      {outcome.at !== null && <Ago at={outcome.at} />}
    </li>
  );
}

/** Marks many tasks as done, and says whose somebody else was faster with. */
export function FinishDialog({ items, onClose }: FinishDialogProps) {
  const { t } = useWords();
  const [answer, setAnswer] = useState<TasksDoneAnswer | null>(null);
  // Kept from the moment the dialog opened: what is done leaves the list behind it.
  const [asked] = useState(items);
  const step = useStep<object, TasksDoneAnswer>('POST', '/api/v1/tasks/done', setAnswer);
  const ids = asked.flatMap(({ taskId }) => taskId ?? []);
  const waybillOf = (id: string) => asked.find(({ taskId }) => taskId === id)?.waybillNo ?? id;
  const submit = ({ note = '' }: { readonly note?: string }) =>
    step.mutate({ ids, ...(note.trim() === '' ? {} : { note: note.trim() }) });
  return (
    <Dialog title={t('task.doneMany.title')} onClose={onClose}>
      {answer ? (
        <>
          <p role="status">{t('task.doneMany.result', { count: answer.done })}</p>
          <ul className="refusals">
            {answer.items
              .filter(({ result }) => result !== 'done')
              .map((outcome) => (
                <Before key={outcome.id} outcome={outcome} waybillNo={waybillOf(outcome.id)} />
              ))}
          </ul>
          <div className="dialog-actions">
            <Button type="primary" onClick={onClose}>
              {t('frame.act.close')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>{t('task.doneMany.what', { count: ids.length })}</p>
          <Form layout="vertical" requiredMark={false} onFinish={submit}>
            <Form.Item name="note" label={t('task.doneMany.note')}>
              <Input maxLength={2_000} />
            </Form.Item>
            <DialogActions
              submit={t('task.doneMany.submit', { count: ids.length })}
              busy={step.isPending}
              problem={step.error}
              onCancel={onClose}
            />
          </Form>
        </>
      )}
    </Dialog>
  );
}
