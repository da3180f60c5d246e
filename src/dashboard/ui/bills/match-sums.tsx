import type { MatchMonthAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { type BillPlace, billsAddress } from './bill-queries.js';

interface MatchSumsProps {
  readonly place: BillPlace;
  readonly sums: MatchMonthAnswer['sums'];
}

/** The month by class; every sum leads to its rows. */
export function MatchSums({ place, sums }: MatchSumsProps) {
  const { t } = useWords();
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            <th scope="col">{t('bill.column.result')}</th>
            {(['count', 'charged', 'due', 'difference'] as const).map((name) => (
              <th key={name} scope="col" className="figure">
                {t(`bill.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sums.map((sum) => (
            <tr key={sum.class}>
              <th scope="row">
                {sum.class === null ? (
                  t('bill.unmatched')
                ) : (
                  <Link to={billsAddress({ ...place, class: sum.class })} current={place.class === sum.class}>
                    {t(`bill.class.${sum.class}`)}
                  </Link>
                )}
              </th>
              <td className="figure">{sum.count.toLocaleString('en-US')}</td>
              <td className="figure">{yuan(sum.chargedFen)}</td>
              <td className="figure">{yuan(sum.dueFen)}</td>
              <td className="figure">{yuan(sum.differenceFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
