import { Button } from 'antd';
import { useState } from 'react';
import type { InterceptAnswer, InterceptDetailAnswer } from '../http/answers.js';
import { Taken } from '../parts/reading.js';
import { go } from '../place/place.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { ConfirmStep } from './confirm-step.js';
import { ResolveDialog } from './resolve-dialog.js';
import { STEPS, type StepName, withdrawalOf } from './steps.js';

/** `release` is the same call as `retry`: a person lets it go again. */
const PATHS = { withdraw: 'withdraw', retry: 'retry', release: 'retry' } as const;

/** Steps without which nothing goes on. */
const WAITED_FOR: ReadonlySet<StepName> = new Set<StepName>(['release', 'resolve']);

interface NextStepProps {
  readonly detail: InterceptDetailAnswer;
}

interface StepDialogProps extends NextStepProps {
  readonly step: StepName;
  readonly onClose: () => void;
  readonly onDone: (now: InterceptAnswer) => void;
}

function StepDialog({ step, detail, onClose, onDone }: StepDialogProps) {
  const { t } = useWords();
  if (step === 'resolve') return <ResolveDialog detail={detail} onClose={onClose} onDone={onDone} />;
  const name = t(`step.${step}.button`);
  const what = step === 'withdraw' ? t(`step.withdraw.${withdrawalOf(detail.state)}`) : t(`step.${step}.what`);
  return (
    <ConfirmStep<InterceptAnswer>
      path={`/api/v1/intercepts/${detail.id}/${PATHS[step]}`}
      title={`${name} ${detail.waybillNo}`}
      what={what}
      submit={name}
      danger={step === 'withdraw'}
      onClose={onClose}
      onDone={onDone}
    />
  );
}

/** What a person can safely do now, or why there is nothing to do. */
export function NextStep({ detail }: NextStepProps) {
  const { t } = useWords();
  const mayWrite = useMay('intercepts:write');
  const [open, setOpen] = useState<StepName | null>(null);
  const [takenAt, setTakenAt] = useState<number | null>(null);
  const { steps, rest } = STEPS[detail.state];
  const done = (now: InterceptAnswer) => {
    setOpen(null);
    setTakenAt(now.version);
    // What had ended goes on as a new round with an id of its own.
    if (now.id !== detail.id) go(`/intercepts/${now.id}`);
  };
  return (
    <>
      {/* Said until the row has moved on. */}
      {takenAt !== null && takenAt >= detail.version && <Taken>{t('step.done')}</Taken>}
      {rest !== null && <p>{t(`step.nothing.${rest}`)}</p>}
      {!mayWrite && steps.length > 0 && <p className="muted">{t('step.readOnly')}</p>}
      {mayWrite && steps.length > 0 && (
        <div className="steps">
          {steps.map((step, index) => (
            <Button
              key={step}
              type={index === 0 && WAITED_FOR.has(step) ? 'primary' : 'default'}
              onClick={() => setOpen(step)}
            >
              {t(`step.${step}.button`)}
            </Button>
          ))}
        </div>
      )}
      {open && <StepDialog step={open} detail={detail} onClose={() => setOpen(null)} onDone={done} />}
    </>
  );
}
