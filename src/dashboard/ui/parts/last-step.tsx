import type { LastStepAnswer } from '../http/answers.js';
import { useActor } from '../intercepts/actor.js';
import { StateMark } from '../intercepts/state-mark.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';

/** Who did what last, and when: for the second of two people. */
export function LastStep({ step }: { readonly step: LastStepAnswer }) {
  const { t } = useWords();
  const actor = useActor(step.actor);
  return (
    <p className="last-step">
      {t('step.last', { actor })} <Ago at={step.at} />
      {': '}
      {step.from !== null && (
        <>
          <StateMark state={step.from} /> <span aria-hidden="true">→</span>{' '}
        </>
      )}
      <StateMark state={step.to} />
      {step.note !== null && <span className="quote">{step.note}</span>}
    </p>
  );
}
