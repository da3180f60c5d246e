import { Checkbox } from 'antd';
import type { ComponentType } from 'react';
import type { InterceptAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';
import { DeadlineCell, FeeCell, ParcelCell, ReasonCell, ShopCell } from './cells.js';
import { StateMark } from './state-mark.js';

interface Column {
  readonly name: 'parcel' | 'shop' | 'state' | 'reason' | 'fee' | 'deadline' | 'updated';
  readonly Cell: ComponentType<{ readonly row: InterceptAnswer }>;
}

/** Their widths stand in style/list.css, by name; the reason takes the rest. */
const COLUMNS: readonly Column[] = [
  { name: 'parcel', Cell: ParcelCell },
  { name: 'shop', Cell: ShopCell },
  { name: 'state', Cell: ({ row }) => <StateMark state={row.state} /> },
  { name: 'reason', Cell: ReasonCell },
  { name: 'fee', Cell: FeeCell },
  { name: 'deadline', Cell: DeadlineCell },
  { name: 'updated', Cell: ({ row }) => <Ago at={row.updatedAt} /> },
];

/** Which rows are chosen. */
interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
}

interface InterceptTableProps {
  readonly rows: readonly InterceptAnswer[];
  readonly selection?: Selection;
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Intercepts as a plain table. (antd's measures scroll bars with a style element that our content policy refuses.) */
export function InterceptTable({ rows, selection }: InterceptTableProps) {
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
          {COLUMNS.map(({ name }) => (
            <th key={name} scope="col" className={`col-${name}`}>
              {t(`intercept.column.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            {selection && (
              <td className="col-choice">
                <Checkbox
                  aria-label={t('failed.select', { waybillNo: row.waybillNo })}
                  checked={selection.ids.has(row.id)}
                  onChange={() => selection.onChange(toggled(selection.ids, row.id))}
                />
              </td>
            )}
            {COLUMNS.map(({ name, Cell }) => (
              <td key={name} className={`col-${name}`}>
                <Cell row={row} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
