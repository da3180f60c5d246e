import { Button } from 'antd';
import { useState } from 'react';
import type { InterceptDetailAnswer } from '../http/answers.js';
import { Taken } from '../parts/reading.js';
import { ReplayDialog } from '../replay/replay-dialog.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { ConfirmStep } from './confirm-step.js';
import { ResolveDialog } from './resolve-dialog.js';
import { type Rest, STEPS, type StepName, withdrawalOf } from './steps.js';

interface NextStepProps {
  readonly detail: InterceptDetailAnswer;
}

interface StepDialogProps extends NextStepProps {
  readonly step: StepName;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function StepDialog({ step, detail, onClose, onDone }: StepDialogProps) {
  const { t } = useWords();
  const { id, state, waybillNo } = detail;
  switch (step) {
    case 'withdraw':
      return (
        <ConfirmStep
          path={`/api/v1/intercepts/${id}/withdraw`}
          title={`${t('step.withdraw.button')} ${waybillNo}`}
          what={t(`step.withdraw.${withdrawalOf(state)}`)}
          submit={t('step.withdraw.button')}
          danger
          onClose={onClose}
          onDone={onDone}
        />
      );
    case 'retry':
      return (
        <ConfirmStep
          path={`/api/v1/intercepts/${id}/retry`}
          title={`${t('step.retry.button')} ${waybillNo}`}
          what={t('step.retry.what')}
          submit={t('step.retry.button')}
          onClose={onClose}
          onDone={onDone}
        />
      );
    case 'release':
      return <ReplayDialog ids={[id]} onClose={onClose} onStarted={onDone} />;
    case 'resolve':
      return <ResolveDialog detail={detail} onClose={onClose} onDone={onDone} />;
  }
}

/** What a person can safely do now, or why there is nothing to do. */
export function NextStep({ detail }: NextStepProps) {
  const { t } = useWords();
  const mayWrite = useMay('intercepts:write');
  const [open, setOpen] = useState<StepName | null>(null);
  const [doneAt, setDoneAt] = useState<number | null>(null);
  const { steps, rest }: { readonly steps: readonly StepName[]; readonly rest: Rest | null } = STEPS[detail.state];
  const done = () => {
    setOpen(null);
    setDoneAt(detail.version);
  };
  return (
    <>
      {/* Said until the row has moved on. */}
      {doneAt === detail.version && <Taken>{t('step.done')}</Taken>}
      {rest !== null && <p>{t(`step.nothing.${rest}`)}</p>}
      {!mayWrite && steps.length > 0 && <p className="muted">{t('step.readOnly')}</p>}
      {mayWrite && (
        <div className="steps">
          {steps.map((step, index) => (
            <Button key={step} type={index === 0 ? 'primary' : 'default'} onClick={() => setOpen(step)}>
              {t(`step.${step}.button`)}
            </Button>
          ))}
        </div>
      )}
      {open && <StepDialog step={open} detail={detail} onClose={() => setOpen(null)} onDone={done} />}
    </>
  );
}
