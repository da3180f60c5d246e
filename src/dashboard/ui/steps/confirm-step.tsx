import { Dialog, DialogActions } from '../parts/dialog.js';
import { useStep } from './use-step.js';

interface ConfirmStepProps {
  readonly path: string;
  readonly title: string;
  /** What will happen. */
  readonly what: string;
  readonly submit: string;
  readonly danger?: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before a step and shows the server's reason if it is refused. */
export function ConfirmStep({ path, title, what, submit, danger, onClose, onDone }: ConfirmStepProps) {
  const step = useStep<object>('POST', path, onDone);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{what}</p>
      <DialogActions
        submit={submit}
        busy={step.isPending}
        danger={danger ?? false}
        problem={step.error}
        onCancel={onClose}
        onSubmit={() => step.mutate({})}
      />
    </Dialog>
  );
}
