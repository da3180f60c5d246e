import type { ComponentType } from 'react';
import type { InterceptAnswer } from '../http/answers.js';
import { courierName } from '../parts/couriers.js';
import { yuan } from '../parts/money.js';
import { platformName } from '../parts/platforms.js';
import { useWords } from '../texts/i18n.js';
import { Ago, Moment } from '../time/moments.js';
import { DeadlineCell, FeeCell, ParcelCell, ReasonCell, ShopCell } from './cells.js';
import { StateMark } from './state-mark.js';

interface CellProps {
  readonly row: InterceptAnswer;
}

function PlatformCell({ row }: CellProps) {
  const { lang } = useWords();
  return <>{platformName(row.platform, lang)}</>;
}

function AccountCell({ row }: CellProps) {
  const { t, lang } = useWords();
  return (
    <>
      {courierName(row.carrier, lang)}
      <span className="below">{row.accountId ?? t('intercept.head.noAccount')}</span>
    </>
  );
}

function NumbersCell({ row }: CellProps) {
  const { t } = useWords();
  return <span className="number">{row.afterSaleIds.join(', ') || t('frame.time.none')}</span>;
}

function ValueCell({ row }: CellProps) {
  const { t } = useWords();
  return <>{row.valueFen === null ? t('list.unknownValue') : yuan(row.valueFen)}</>;
}

interface ColumnRow {
  readonly Cell: ComponentType<CellProps>;
  /** Shown unless somebody chose otherwise. */
  readonly usual: boolean;
}

/** Every column there is, in its order; their widths stand in style/list.css and style/work.css, by name. */
export const COLUMNS = {
  parcel: { Cell: ParcelCell, usual: true },
  shop: { Cell: ShopCell, usual: true },
  platform: { Cell: PlatformCell, usual: false },
  account: { Cell: AccountCell, usual: false },
  afterSales: { Cell: NumbersCell, usual: false },
  state: { Cell: ({ row }) => <StateMark state={row.state} />, usual: true },
  reason: { Cell: ReasonCell, usual: true },
  value: { Cell: ValueCell, usual: false },
  fee: { Cell: FeeCell, usual: true },
  deadline: { Cell: DeadlineCell, usual: true },
  created: { Cell: ({ row }) => <Moment at={row.createdAt} />, usual: false },
  updated: { Cell: ({ row }) => <Ago at={row.updatedAt} />, usual: true },
} as const satisfies Record<string, ColumnRow>;

export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];
/** Without the parcel nobody knows what a row is about. */
export const ALWAYS: ColumnName = 'parcel';
export const USUAL: readonly ColumnName[] = COLUMN_NAMES.filter((name) => COLUMNS[name].usual);
