import type { ReturnAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { ParcelOpener } from '../parts/parcel-opener.js';
import { useWords } from '../texts/i18n.js';
import { Ago, Due } from '../time/moments.js';
import { ReturnMark } from './return-mark.js';

interface ReturnTableProps {
  readonly rows: readonly ReturnAnswer[];
  /** The address at which one of them is open. */
  readonly addressOf: (id: string) => string;
}

/** Returns, newest first; a number opens one. */
export function ReturnTable({ rows, addressOf }: ReturnTableProps) {
  const { t } = useWords();
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            {(['waybill', 'state', 'value', 'since', 'due', 'booked'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`return.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <ParcelOpener row={row} to={addressOf(row.id)} />
              </td>
              <td>
                <ReturnMark state={row.state} />
                {row.refunded && <div className="below">{t('return.refunded')}</div>}
              </td>
              <td>{row.valueFen === null ? t('return.unknown') : yuan(row.valueFen)}</td>
              <td>
                <Ago at={row.expectedAt} />
              </td>
              <td>{row.state === 'expected' && <Due at={row.dueAt} />}</td>
              <td>{row.bookedAt !== null && <Ago at={row.bookedAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
