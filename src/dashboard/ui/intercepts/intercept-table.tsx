import { Table, type TableColumnsType, type TableProps } from 'antd';
import type { InterceptAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';
import { DeadlineCell, FeeCell, ParcelCell, ReasonCell, ShopCell } from './cells.js';
import { StateMark } from './state-mark.js';

/** Widths in pixels; the reason takes the rest. */
function useColumns(): TableColumnsType<InterceptAnswer> {
  const { t } = useWords();
  return [
    { key: 'parcel', title: t('intercept.column.parcel'), width: 180, render: (_, row) => <ParcelCell row={row} /> },
    { key: 'shop', title: t('intercept.column.shop'), width: 200, render: (_, row) => <ShopCell row={row} /> },
    {
      key: 'state',
      title: t('intercept.column.state'),
      width: 140,
      render: (_, row) => <StateMark state={row.state} />,
    },
    { key: 'reason', title: t('intercept.column.reason'), render: (_, row) => <ReasonCell row={row} /> },
    {
      key: 'fee',
      title: t('intercept.column.fee'),
      width: 84,
      align: 'right',
      render: (_, row) => <FeeCell row={row} />,
    },
    {
      key: 'deadline',
      title: t('intercept.column.deadline'),
      width: 152,
      render: (_, row) => <DeadlineCell row={row} />,
    },
    {
      key: 'updated',
      title: t('intercept.column.updated'),
      width: 132,
      render: (_, row) => <Ago at={row.updatedAt} />,
    },
  ];
}

interface InterceptTableProps {
  readonly rows: readonly InterceptAnswer[];
  readonly rowSelection?: TableProps<InterceptAnswer>['rowSelection'];
}

export function InterceptTable({ rows, rowSelection }: InterceptTableProps) {
  const { t } = useWords();
  const columns = useColumns();
  return (
    <Table<InterceptAnswer>
      className="list"
      rowKey="id"
      columns={columns}
      dataSource={rows}
      pagination={false}
      tableLayout="fixed"
      aria-label={t('intercept.table')}
      locale={{ emptyText: t('intercept.none') }}
      {...(rowSelection ? { rowSelection } : {})}
    />
  );
}
