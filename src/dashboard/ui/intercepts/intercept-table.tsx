import { Checkbox } from 'antd';
import type { InterceptAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { COLUMNS, type ColumnName, USUAL } from './columns.js';

/** Which rows are chosen. */
interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
}

interface InterceptTableProps {
  readonly rows: readonly InterceptAnswer[];
  readonly selection?: Selection;
  readonly columns?: readonly ColumnName[];
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Intercepts as a plain table. (antd's measures scroll bars with a style element that our content policy refuses.) */
export function InterceptTable({ rows, selection, columns = USUAL }: InterceptTableProps) {
  const { t } = useWords();
  if (rows.length === 0) return <p className="panel reading">{t('intercept.none')}</p>;
  const all = selection !== undefined && rows.every((row) => selection.ids.has(row.id));
  return (
    <table className="list" aria-label={t('intercept.table')}>
      <thead>
        <tr>
          {selection && (
            <th scope="col" className="col-choice">
              <Checkbox
                aria-label={t('failed.selectAll')}
                checked={all}
                indeterminate={!all && selection.ids.size > 0}
                onChange={() => selection.onChange(new Set(all ? [] : rows.map((row) => row.id)))}
              />
            </th>
          )}
          {columns.map((name) => (
            <th key={name} scope="col" className={`col-${name}`}>
              {t(`list.column.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-row={row.id}>
            {selection && (
              <td className="col-choice">
                <Checkbox
                  aria-label={t('failed.select', { waybillNo: row.waybillNo })}
                  checked={selection.ids.has(row.id)}
                  onChange={() => selection.onChange(toggled(selection.ids, row.id))}
                />
              </td>
            )}
            {columns.map((name) => {
              const { Cell } = COLUMNS[name];
              return (
                <td key={name} className={`col-${name}`}>
                  <Cell row={row} />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
