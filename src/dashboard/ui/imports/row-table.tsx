import type { ImportClass } from '../../../domain/import/classify.js';
import type { ImportRowAnswer } from '../http/answers.js';
import { StateMark } from '../intercepts/state-mark.js';
import { courierName } from '../parts/couriers.js';
import { Mark, type Tone } from '../parts/mark.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

const TONES = {
  willSend: 'good',
  waits: 'wait',
  needsPerson: 'ask',
  notSent: 'over',
  tooLate: 'bad',
  repeated: 'over',
  joins: 'over',
  bad: 'bad',
} as const satisfies Record<ImportClass, Tone>;

/** The rows of a file, each with its decision and what became of it. */
export function RowTable({ rows }: { readonly rows: readonly ImportRowAnswer[] }) {
  const { t } = useWords();
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            <th scope="col" className="col-seq">
              {t('import.column.line')}
            </th>
            <th scope="col">{t('import.column.parcel')}</th>
            <th scope="col">{t('import.column.afterSale')}</th>
            <th scope="col">{t('import.column.decision')}</th>
            <th scope="col">{t('import.column.why')}</th>
            <th scope="col">{t('import.column.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <FileRow key={row.seq} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FileRow({ row }: { readonly row: ImportRowAnswer }) {
  const { t, lang } = useWords();
  const why = row.problem ?? row.reasonText;
  return (
    <tr>
      <td className="figure">{row.line}</td>
      <td>
        <span className="number">{row.waybillNo}</span>
        <div className="below">{courierName(row.carrier, lang)}</div>
      </td>
      <td className="number">
        {row.afterSaleId}
        <div className="below number">{row.orderId}</div>
      </td>
      <td>
        {row.class && <Mark tone={TONES[row.class]}>{t(`import.class.${row.class}`)}</Mark>}
        {row.feeFen !== null && <div className="below">{yuan(row.feeFen)}</div>}
      </td>
      <td>{row.joinsLine === null ? why && sideIn(lang, why) : t('import.joins', { line: row.joinsLine })}</td>
      <td>
        {t(`import.outcome.${row.outcome ?? 'open'}`)}{' '}
        {row.interceptId !== null && row.state !== null && (
          <Link to={`/intercepts/${row.interceptId}`}>
            <StateMark state={row.state} />
          </Link>
        )}
      </td>
    </tr>
  );
}
