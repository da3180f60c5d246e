import { isMoney, TALLY_TEXTS } from '../../../domain/policy/tally-texts.js';
import type { BacktestAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

type Figure = keyof typeof TALLY_TEXTS;
const FIGURES = Object.keys(TALLY_TEXTS) as Figure[];

const shown = (figure: Figure, value: number) => (isMoney(figure) ? yuan(value) : String(value));

function Figures({ result: { today, draft } }: { readonly result: BacktestAnswer }) {
  const { t } = useWords();
  const changeOf = (figure: Figure) => {
    const change = draft[figure] - today[figure];
    return change === 0 ? '' : `${change > 0 ? '+' : ''}${shown(figure, change)}`;
  };
  return (
    <table className="plain">
      <caption className="unseen">{t('policy.test.title')}</caption>
      <thead>
        <tr>
          {(['figure', 'today', 'draft', 'change'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`policy.test.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {FIGURES.map((figure) => (
          <tr key={figure}>
            <th scope="row">{t(`policy.test.tally.${figure}`)}</th>
            <td className="figure">{shown(figure, today[figure])}</td>
            <td className="figure">{shown(figure, draft[figure])}</td>
            <td className="figure">{changeOf(figure)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Examples({ examples }: { readonly examples: BacktestAnswer['examples'] }) {
  const { t, lang } = useWords();
  return (
    <details className="more">
      <summary>{t('policy.test.examples')}</summary>
      <table className="plain">
        <thead>
          <tr>
            {(['waybill', 'value', 'today', 'draft'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`policy.test.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {examples.map(({ id, waybillNo, valueFen, today, draft }) => (
            <tr key={id}>
              <th scope="row">
                <Link to={`/intercepts/${id}`}>{waybillNo}</Link>
              </th>
              <td className="figure">{valueFen === null ? '—' : yuan(valueFen)}</td>
              <td>{sideIn(lang, today.reasonText)}</td>
              <td>{sideIn(lang, draft.reasonText)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What a draft would have done, beside today's policy, over the same decisions. */
export function BacktestTable({ result }: { readonly result: BacktestAnswer }) {
  const { t, lang } = useWords();
  const { decisions, differs, sentences, unreadable, cut, examples } = result;
  return (
    <div role="status">
      <p>{t('policy.test.over', { count: decisions, differs })}</p>
      <p className="sentence">{t('policy.test.says', { sentence: sideIn(lang, sentences.draft) })}</p>
      <Figures result={result} />
      {unreadable > 0 && <p className="muted">{t('policy.test.unreadable', { count: unreadable })}</p>}
      {cut && <p className="muted">{t('policy.test.cut')}</p>}
      {examples.length > 0 && <Examples examples={examples} />}
    </div>
  );
}
