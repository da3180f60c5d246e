import type { BillState } from '../../../domain/money/bill.js';
import type { BillAnswer } from '../http/answers.js';
import { ActorName } from '../parts/actor-name.js';
import { Mark, type Tone } from '../parts/mark.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Ago } from '../time/moments.js';
import { billsAddress } from './bill-queries.js';
import { billerName } from './biller-name.js';

const TONES = { uploading: 'wait', reading: 'busy', done: 'good', unreadable: 'bad' } as const satisfies Record<
  BillState,
  Tone
>;
const FIGURES = ['rows', 'created', 'repeated', 'bad'] as const;

/** The bills that were uploaded, newest first: how far each is read, and what became of its rows. */
export function BillTable({ rows }: { readonly rows: readonly BillAnswer[] }) {
  const { t, lang } = useWords();
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            <th scope="col">{t('bill.column.file')}</th>
            <th scope="col">{t('bill.source')}</th>
            <th scope="col">{t('bill.column.state')}</th>
            {FIGURES.map((name) => (
              <th key={name} scope="col" className="figure">
                {t(`bill.column.${name}`)}
              </th>
            ))}
            <th scope="col">{t('bill.column.by')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((bill) => (
            <tr key={bill.id}>
              <td className="wrap">{bill.fileName}</td>
              <td>
                <Link to={billsAddress({ source: bill.source, period: bill.period, class: null })}>
                  {billerName(bill.source, lang)} {bill.period}
                </Link>
              </td>
              <td className="wrap">
                <Mark tone={TONES[bill.state]}>{t(`bill.state.${bill.state}`)}</Mark>
                {bill.problem !== null && <span className="below">{sideIn(lang, bill.problem)}</span>}
              </td>
              {FIGURES.map((name) => (
                <td key={name} className="figure">
                  {bill[name].toLocaleString('en-US')}
                  {name === 'bad' && bill.bad > 0 && (
                    <a className="below" href={`/api/v1/bills/${bill.id}/errors.csv?lang=${lang}`} download>
                      {t('bill.errors')}
                    </a>
                  )}
                </td>
              ))}
              <td className="wrap">
                <ActorName actor={bill.actor} />
                <span className="below">
                  <Ago at={bill.createdAt} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
