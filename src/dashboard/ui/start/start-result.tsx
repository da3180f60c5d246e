import { isReason, reasonRow } from '../../../domain/reasons.js';
import type { StartAnswer } from '../http/answers.js';
import { StateMark } from '../intercepts/state-mark.js';
import { Taken } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

/** What became of each parcel at once, with a way to follow it. */
export function StartResult({ answer }: { readonly answer: StartAnswer }) {
  const { t, lang } = useWords();
  return (
    <Taken>
      {t('start.result')}
      <ul className="results">
        {answer.intercepts.map(({ id, waybillNo, state, reason }) => (
          <li key={id}>
            <Link to={`/intercepts/${id}`} className="number">
              {waybillNo}
            </Link>{' '}
            <StateMark state={state} /> {isReason(reason) ? sideIn(lang, reasonRow(reason)) : reason}
          </li>
        ))}
      </ul>
    </Taken>
  );
}
