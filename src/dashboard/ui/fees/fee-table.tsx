import type { ReactNode } from 'react';
import type { LedgerEntryAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { Moment } from '../time/moments.js';
import { FeeMark } from './fee-mark.js';

interface FeeTableProps {
  readonly rows: readonly LedgerEntryAnswer[];
  /** Where the rows are of many parcels: each leads to its own. */
  readonly linked?: boolean;
  /** What a person may do about a row. */
  readonly steps?: (row: LedgerEntryAnswer) => ReactNode;
}

/** Rows of the ledger: what was booked, what the tariff says, whether a bill agrees (R30, R31). */
export function FeeTable({ rows, linked = false, steps }: FeeTableProps) {
  const { t } = useWords();
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            <th scope="col">{t('fee.column.what')}</th>
            <th scope="col" className="figure">
              {t('fee.column.amount')}
            </th>
            <th scope="col" className="figure">
              {t('fee.column.tariff')}
            </th>
            <th scope="col" className="figure">
              {t('fee.column.difference')}
            </th>
            <th scope="col">{t('fee.column.bill')}</th>
            <th scope="col">{t('fee.column.posted')}</th>
            {steps && <th scope="col">{t('people.actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                {linked ? (
                  <Link to={`/intercepts/${row.interceptId}`}>{t(`fee.kind.${row.kind}`)}</Link>
                ) : (
                  t(`fee.kind.${row.kind}`)
                )}
                {row.reversedById !== null && <span className="below">{t('fee.reversed')}</span>}
                {!linked && row.invoiceId !== null && (
                  <span className="below">
                    <Link to={`/invoices?invoice=${row.invoiceId}`}>{t('fee.invoiced')}</Link>
                  </span>
                )}
              </td>
              <td className="figure">{yuan(row.kind === 'fee' ? row.amountFen : -row.amountFen)}</td>
              <td className="figure">{row.tariffFen === null ? '—' : yuan(row.tariffFen)}</td>
              <td className="figure">{row.differenceFen === 0 ? '—' : yuan(row.differenceFen)}</td>
              <td>{row.kind === 'fee' && <FeeMark verification={row.verification} />}</td>
              <td>
                <Moment at={row.postedAt} />
              </td>
              {steps && <td>{steps(row)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
