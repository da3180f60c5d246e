import type { InterceptState } from '../../../domain/intercept/machine.js';
import type { InterceptAnswer } from '../http/answers.js';
import { useShopName } from '../http/catalogue.js';
import { courierName } from '../parts/couriers.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Due } from '../time/moments.js';
import { courierCodeOf } from './intercept-queries.js';

interface CellProps {
  readonly row: InterceptAnswer;
}

export function ParcelCell({ row }: CellProps) {
  const { lang } = useWords();
  return (
    <>
      <Link to={`/intercepts/${row.id}`} className="number">
        {row.waybillNo}
      </Link>
      <span className="below">{courierName(row.carrier, lang)}</span>
    </>
  );
}

export function ShopCell({ row }: CellProps) {
  const { t } = useWords();
  const shop = useShopName(row.shopId);
  const [first, ...others] = row.orderIds;
  return (
    <>
      {shop}
      {first !== undefined && (
        <span className="below number">
          {first} {others.length > 0 && t('intercept.moreOrders', { count: row.orderIds.length })}
        </span>
      )}
    </>
  );
}

/** Why it stands where it stands, with the rule and the courier's own code beside it (R41). */
export function ReasonCell({ row }: CellProps) {
  const { t, lang } = useWords();
  const code = courierCodeOf(row);
  return (
    <>
      {sideIn(lang, row.reasonText)}
      {(row.rule !== null || code !== null) && (
        <span className="below">
          {row.rule !== null && <span className="rule">{row.rule}</span>}
          {code !== null && <span>{t('intercept.courierCode', { code })}</span>}
        </span>
      )}
    </>
  );
}

export function FeeCell({ row }: CellProps) {
  return <span className={row.feeFen === 0 ? 'muted' : ''}>{yuan(row.feeFen)}</span>;
}

/** States in which the last moment to send still means something. */
const BEFORE_SENDING: ReadonlySet<InterceptState> = new Set<InterceptState>(['held', 'queued', 'needs_review']);

export function DeadlineCell({ row }: CellProps) {
  return <Due at={BEFORE_SENDING.has(row.state) ? row.deadlineAt : null} />;
}
