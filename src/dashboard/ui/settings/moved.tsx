import type { Problem } from '../http/problem.js';
import { useActor } from '../intercepts/actor.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';
import { ChangeList } from './change-list.js';

function Step({ step }: { readonly step: Problem['meanwhile'][number] }) {
  const { t } = useWords();
  const actor = useActor(step.actor);
  return (
    <li>
      <p>
        {t('config.changedBy', { actor })} <Ago at={step.at} />
        {step.version !== undefined && ` · ${t('config.version', { version: step.version })}`}
      </p>
      {step.changes && <ChangeList changes={step.changes} />}
    </li>
  );
}

/** What others did to the configuration since this person looked at it. */
export function Meanwhile({ problem }: { readonly problem: Problem }) {
  const { t } = useWords();
  if (problem.meanwhile.length === 0) return null;
  return (
    <section className="meanwhile">
      <h3>{t('config.change.moved')}</h3>
      <ul>
        {problem.meanwhile.map((step) => (
          <Step key={step.at} step={step} />
        ))}
      </ul>
    </section>
  );
}
