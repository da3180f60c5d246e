import type { ReplayItemAnswer } from '../http/answers.js';
import { StateMark } from '../intercepts/state-mark.js';
import { courierName } from '../parts/couriers.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { isOutcome } from './outcomes.js';

/** What became of each intercept of a replay, and why. */
export function ItemTable({ rows }: { readonly rows: readonly ReplayItemAnswer[] }) {
  const { t, lang } = useWords();
  const outcomeText = (outcome: string) => (isOutcome(outcome) ? t(`replay.outcome.${outcome}`) : outcome);
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            <th scope="col" className="col-seq">
              #
            </th>
            <th scope="col">{t('replay.column.parcel')}</th>
            <th scope="col">{t('replay.column.outcome')}</th>
            <th scope="col">{t('replay.column.why')}</th>
            <th scope="col">{t('replay.column.now')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((item) => (
            <tr key={item.seq}>
              <td className="figure">{item.seq}</td>
              <td>
                <Link to={`/intercepts/${item.resultId ?? item.interceptId}`} className="number">
                  {item.waybillNo}
                </Link>
                <div className="below">{courierName(item.carrier, lang)}</div>
              </td>
              <td>{outcomeText(item.outcome ?? 'open')}</td>
              <td>{item.reasonText && sideIn(lang, item.reasonText)}</td>
              <td>
                <StateMark state={item.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
