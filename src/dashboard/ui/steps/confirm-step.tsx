import { Dialog, DialogActions } from '../parts/dialog.js';
import { useStep } from './use-step.js';

interface ConfirmStepProps<Answer> {
  readonly path: string;
  readonly title: string;
  /** What will happen. */
  readonly what: string;
  readonly submit: string;
  readonly danger?: boolean;
  /** The version that was looked at; absent: what is asked has none. */
  readonly version?: number;
  readonly onClose: () => void;
  readonly onDone: (answer: Answer) => void;
}

/** Asks before a step and shows the server's reason if it is refused. */
export function ConfirmStep<Answer = unknown>(props: ConfirmStepProps<Answer>) {
  const { path, title, what, submit, danger = false, version, onClose, onDone } = props;
  const step = useStep<object, Answer>('POST', path, onDone);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{what}</p>
      <DialogActions
        submit={submit}
        busy={step.isPending}
        danger={danger}
        problem={step.error}
        onCancel={onClose}
        onSubmit={() => step.mutate(version === undefined ? {} : { version })}
      />
    </Dialog>
  );
}
