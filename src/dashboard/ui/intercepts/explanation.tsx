import type { StoryAnswer } from '../http/answers.js';
import { Mark, type Tone } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

type Explained = StoryAnswer['explanation'];

const TONES = { passed: 'good', skip: 'over', missed: 'bad', review: 'ask', hold: 'wait' } as const satisfies Record<
  Explained['checks'][number]['verdict'],
  Tone
>;

const SOURCES = ['request', 'platform', 'forecast', 'policy'] as const;

/** Every rule by its number with what it said, and what the rules looked at. */
export function Explanation({ explanation }: { readonly explanation: Explained }) {
  const { t, lang } = useWords();
  if (explanation.checks.length === 0) return null;
  const source = SOURCES.find((each) => each === explanation.deadlineSource);
  return (
    <section className="panel" aria-labelledby="explanation">
      <h2 id="explanation">{t('story.why.title')}</h2>
      <p className="muted">
        {[explanation.policy && t('story.why.policy', explanation.policy), source && t(`story.why.deadline.${source}`)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <table className="plain checks">
        <thead>
          <tr>
            <th scope="col">{t('story.why.rule')}</th>
            <th scope="col">{t('story.why.asks')}</th>
            <th scope="col">{t('story.why.says')}</th>
          </tr>
        </thead>
        <tbody>
          {explanation.checks.map(({ rule, asks, verdict, reasonText }) => (
            <tr key={rule}>
              <th scope="row">
                <span className="rule">{rule}</span>
              </th>
              <td>{sideIn(lang, asks)}</td>
              <td>
                <Mark tone={TONES[verdict]}>{t(`story.why.verdict.${verdict}`)}</Mark>
                {reasonText !== null && <span className="below">{sideIn(lang, reasonText)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <details>
        <summary>{t('story.why.inputs')}</summary>
        <dl className="inputs">
          {explanation.inputs.map(({ name, value }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
