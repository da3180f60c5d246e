import { Button } from 'antd';
import { useState } from 'react';
import type { PersonStep } from '../../../domain/intercept/person-steps.js';
import { useAct } from '../actions/use-act.js';
import type { InterceptAnswer, StoryAnswer } from '../http/answers.js';
import { Taken } from '../parts/reading.js';
import { go } from '../place/place.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { StepDialog } from './step-dialog.js';
import { restOf, sortedSteps, wordOf } from './steps.js';

interface NextStepProps {
  readonly detail: StoryAnswer;
}

interface StepButtonProps extends NextStepProps {
  readonly step: PersonStep;
  readonly onClick: () => void;
}

function StepButton({ step, detail, onClick }: StepButtonProps) {
  const { t } = useWords();
  const word = wordOf(step, detail.state);
  const { mark } = useAct(`intercept.${word}`);
  const main = step === detail.choices.next;
  return (
    <Button type={main ? 'primary' : 'default'} size={main ? 'large' : 'middle'} onClick={onClick} {...mark}>
      {t(`step.${word}.button`)}
    </Button>
  );
}

/** The steps that are not possible, each with the reason that the server would give. */
function NotPossible({ detail }: NextStepProps) {
  const { t, lang } = useWords();
  const { not } = sortedSteps(detail.choices);
  if (not.length === 0) return null;
  return (
    <details className="not-possible">
      <summary>{t('step.notPossible')}</summary>
      <dl>
        {not.map(({ step, name, whyText }) => (
          <div key={step} className="why-not">
            <dt>{sideIn(lang, name)}</dt>
            <dd>{whyText && sideIn(lang, whyText)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** What a person can safely do now, or why there is nothing to do; and why not the rest. */
export function NextStep({ detail }: NextStepProps) {
  const { t } = useWords();
  const mayWrite = useMay('intercepts:write');
  const [open, setOpen] = useState<PersonStep | null>(null);
  const [takenAt, setTakenAt] = useState<number | null>(null);
  const { offered } = sortedSteps(detail.choices);
  const rest = restOf(detail.state);
  const done = (now: InterceptAnswer) => {
    setOpen(null);
    setTakenAt(now.version);
    // What had ended goes on as a new round with an id of its own.
    if (now.id !== detail.id) go(`/intercepts/${now.id}`);
  };
  const { id, waybillNo, state, version, choices } = detail;
  const of = { id, waybillNo, state, version, withdrawal: choices.withdrawal };
  return (
    <>
      {/* Said until the row has moved on. */}
      {takenAt !== null && takenAt >= detail.version && <Taken>{t('step.done')}</Taken>}
      {rest !== null && <p>{t(`step.nothing.${rest}`)}</p>}
      {!mayWrite && offered.length > 0 && <p className="muted">{t('step.readOnly')}</p>}
      {mayWrite && offered.length > 0 && (
        <div className="steps">
          {offered.map(({ step }) => (
            <StepButton key={step} step={step} detail={detail} onClick={() => setOpen(step)} />
          ))}
        </div>
      )}
      {mayWrite && <NotPossible detail={detail} />}
      {open && <StepDialog step={open} of={of} onClose={() => setOpen(null)} onDone={done} />}
    </>
  );
}
