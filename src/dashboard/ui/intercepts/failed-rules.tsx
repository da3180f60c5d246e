import { isReason, reasonRow } from '../../../domain/reasons.js';
import type { InterceptDetailAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

interface FailedRulesProps {
  readonly findings: InterceptDetailAnswer['decision']['failed'];
}

/** Every rule against it; the reason above is only the first of them. */
export function FailedRules({ findings }: FailedRulesProps) {
  const { t, lang } = useWords();
  if (findings.length < 2) return null;
  return (
    <>
      <h3>{t('intercept.head.failedRules')}</h3>
      <ul className="failed-rules">
        {findings.map(({ rule, reason }) => (
          <li key={`${rule} ${reason}`}>
            <span className="rule">{rule}</span> {isReason(reason) ? sideIn(lang, reasonRow(reason)) : reason}
          </li>
        ))}
      </ul>
    </>
  );
}
