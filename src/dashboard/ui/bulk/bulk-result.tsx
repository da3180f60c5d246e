import type { BulkAnswer } from '../http/answers.js';
import { LastStep } from '../parts/last-step.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';

type Row = BulkAnswer['rows'][number];

function Outcome({ row }: { readonly row: Row }) {
  const { t, lang } = useWords();
  if (row.result === 'failed') return <>{t('bulk.broke', { why: row.why })}</>;
  if (row.result === 'done') return <>{row.effect === null ? t('bulk.done') : t(`bulk.effect.${row.effect}`)}</>;
  return (
    <>
      {row.whyText === null ? row.why : sideIn(lang, row.whyText)}
      {row.lastStep && <LastStep step={row.lastStep} />}
    </>
  );
}

/** What became of each row; those that were left alone come first, for they still wait. */
export function BulkResult({ answer }: { readonly answer: BulkAnswer }) {
  const { t } = useWords();
  const { done, refused, failed } = answer;
  const rows = answer.rows.toSorted((a, b) => Number(a.result === 'done') - Number(b.result === 'done'));
  return (
    <>
      <p role="status">{t('bulk.result', { done, refused, failed })}</p>
      <section className="bulk-rows" aria-label={t('bulk.rows')}>
        <table className="plain">
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Link to={`/intercepts/${row.resultId ?? row.id}`} className="number">
                    {row.waybillNo || row.id}
                  </Link>
                </th>
                <td>
                  <Outcome row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
