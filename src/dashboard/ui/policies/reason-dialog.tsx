import { useState } from 'react';
import { Problem } from '../http/problem.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { Meanwhile } from '../settings/moved.js';
import { ReasonInput } from '../settings/reason-input.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';

interface ReasonDialogProps {
  readonly title: string;
  /** What it will mean. */
  readonly means: string;
  readonly submit: string;
  readonly path: string;
  /** What the call takes beside the reason. */
  readonly body?: object;
  readonly onClose: () => void;
}

/** A step that somebody will ask about: says what it means, and takes the reason for the audit log. */
export function ReasonDialog({ title, means, submit, path, body = {}, onClose }: ReasonDialogProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const step = useStep<object>('POST', path, onClose);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{means}</p>
      <ReasonInput label={t('policy.reason')} value={reason} onChange={setReason} />
      {step.error instanceof Problem && <Meanwhile problem={step.error} />}
      <DialogActions
        submit={submit}
        busy={step.isPending}
        disabled={reason.trim() === ''}
        problem={step.error}
        onCancel={onClose}
        onSubmit={() => step.mutate({ ...body, reason: reason.trim() })}
      />
    </Dialog>
  );
}
