import type { ClaimAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { ParcelOpener } from '../parts/parcel-opener.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Due } from '../time/moments.js';
import { ClaimMark } from './claim-mark.js';

interface ClaimTableProps {
  readonly rows: readonly ClaimAnswer[];
  /** The address at which one of them is open. */
  readonly addressOf: (id: string) => string;
}

/** Claims, newest first; a number opens one. */
export function ClaimTable({ rows, addressOf }: ClaimTableProps) {
  const { t, lang } = useWords();
  const amount = (fen: number | null) => (fen === null ? t('claim.unknown') : yuan(fen));
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            {(['waybill', 'kind', 'state', 'amount', 'accepted', 'paid', 'due'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`claim.column.${name}`)}
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
                {sideIn(lang, row.kindText)} <span className="below">{row.rule}</span>
              </td>
              <td>
                <ClaimMark state={row.state} />
              </td>
              <td>{amount(row.amountFen)}</td>
              <td>{row.acceptedFen !== null && yuan(row.acceptedFen)}</td>
              <td>{yuan(row.paidFen)}</td>
              <td>{row.dueAt !== null && <Due at={row.dueAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
