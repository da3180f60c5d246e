import type { MatchClass } from '../../../domain/money/match.js';
import type { MatchRowAnswer } from '../http/answers.js';
import { LoadMore } from '../intercepts/load-more.js';
import { yuan } from '../parts/money.js';
import { Reading } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { type BillPlace, useMatchRows } from './bill-queries.js';

function Row({ row }: { readonly row: MatchRowAnswer }) {
  const { t } = useWords();
  return (
    <tr>
      <td className="number">{row.waybillNo}</td>
      <td className="figure">{yuan(row.chargedFen)}</td>
      <td className="figure">{yuan(row.dueFen)}</td>
      <td className="figure">{yuan(row.differenceFen)}</td>
      <td>{row.chargedOn ?? '—'}</td>
      <td className="figure">{row.line ?? '—'}</td>
      <td>
        {row.interceptId === null ? (
          '—'
        ) : (
          <Link to={`/intercepts/${row.interceptId}`}>{t('bill.column.intercept')}</Link>
        )}
      </td>
    </tr>
  );
}

/** The rows behind one sum. */
export function MatchRows({ place, name }: { readonly place: BillPlace; readonly name: MatchClass }) {
  const { t } = useWords();
  const list = useMatchRows(place, name);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const head = ['waybill', 'charged', 'due', 'difference', 'day', 'line', 'intercept'] as const;
  const figures: readonly string[] = ['charged', 'due', 'difference', 'line'];
  return (
    <section aria-labelledby="match-rows">
      <h3 id="match-rows">{t('bill.rows', { class: t(`bill.class.${name}`) })}</h3>
      <Reading query={list}>
        <div className="wide">
          <table className="list batches">
            <thead>
              <tr>
                {head.map((column) => (
                  <th key={column} scope="col" className={figures.includes(column) ? 'figure' : undefined}>
                    {t(`bill.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </div>
        <LoadMore count={rows.length} query={list} />
      </Reading>
    </section>
  );
}
