import type { InterceptState } from '../../../domain/intercept/machine.js';
import type { PersonStep } from '../../../domain/intercept/person-steps.js';
import type { InterceptAnswer, StoryAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { ConfirmStep } from './confirm-step.js';
import { ResolveDialog } from './resolve-dialog.js';
import { wordOf } from './steps.js';

/** What a step needs to know of its intercept; lists hold less of it than its page. */
export interface StepSubject {
  readonly id: string;
  readonly waybillNo: string;
  readonly state: InterceptState;
  readonly version: number;
  readonly withdrawal: StoryAnswer['choices']['withdrawal'];
}

interface StepDialogProps {
  readonly step: PersonStep;
  readonly of: StepSubject;
  readonly onClose: () => void;
  readonly onDone: (now: InterceptAnswer) => void;
}

/** Says what a step will do and takes it, on the version that was looked at. */
export function StepDialog({ step, of, onClose, onDone }: StepDialogProps) {
  const { t } = useWords();
  if (step === 'resolve') return <ResolveDialog of={of} onClose={onClose} onDone={onDone} />;
  const word = wordOf(step, of.state);
  const name = t(`step.${word}.button`);
  const what = word === 'withdraw' ? t(`step.withdraw.${of.withdrawal}`) : t(`step.${word}.what`);
  return (
    <ConfirmStep<InterceptAnswer>
      path={`/api/v1/intercepts/${of.id}/${step}`}
      title={`${name} ${of.waybillNo}`}
      what={what}
      submit={name}
      version={of.version}
      danger={step === 'withdraw'}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
