import type { ReactNode } from 'react';
import type { StoryAnswer } from '../http/answers.js';
import { useShopName } from '../http/catalogue.js';
import { courierName } from '../parts/couriers.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Ago, Moment } from '../time/moments.js';
import { DeadlineCell } from './cells.js';
import { courierCodeOf } from './intercept-queries.js';
import { StateMark } from './state-mark.js';

interface HeadProps {
  readonly detail: StoryAnswer;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where it stands and why, with the courier's own code beside it (R41). */
export function Standing({ detail }: HeadProps) {
  const { t, lang } = useWords();
  const code = courierCodeOf(detail);
  return (
    <div className="standing">
      <StateMark state={detail.state} />
      <p className="standing-reason">{sideIn(lang, detail.reasonText)}</p>
      <p className="muted bar">
        {detail.rule !== null && <span className="rule">{detail.rule}</span>}
        {code !== null && <span>{t('intercept.courierCode', { code })}</span>}
        <code>{detail.reason}</code>
      </p>
    </div>
  );
}

/** What our last look at the track gave, and how old it is; a look that failed never reads as "no trace" (R67, R79). */
function Tracking({ tracking }: Pick<StoryAnswer, 'tracking'>) {
  const { t } = useWords();
  return (
    <>
      {t(`intercept.look.${tracking.lastResult}`)}
      {tracking.lastLookAt !== null && (
        <span className="below">
          <Ago at={tracking.lastLookAt} />
        </span>
      )}
      {tracking.lastError !== undefined && <span className="below">{tracking.lastError}</span>}
    </>
  );
}

/** Which parcel, whose, and what is known of it. */
export function Facts({ detail }: HeadProps) {
  const { t, lang } = useWords();
  const shop = useShopName(detail.shopId);
  const name = (key: 'fee' | 'shop' | 'courier') => t(`intercept.head.${key}`);
  const origins: Readonly<Record<string, string>> = t('intercept.kindOfStart', { returnObjects: true });
  return (
    <dl className="facts">
      <Fact name={name('courier')}>
        {courierName(detail.carrier, lang)}
        <span className="below">{detail.accountId ?? t('intercept.head.noAccount')}</span>
      </Fact>
      <Fact name={name('shop')}>
        {shop}
        <span className="below">
          {detail.shopId} · {detail.platform}
        </span>
      </Fact>
      <Fact name={t('intercept.head.orders')}>
        <span className="number">{detail.orderIds.join(', ') || t('frame.time.none')}</span>
      </Fact>
      <Fact name={t('intercept.head.afterSales')}>
        <span className="number">{detail.afterSaleIds.join(', ') || t('frame.time.none')}</span>
      </Fact>
      <Fact name={name('fee')}>{yuan(detail.feeFen)}</Fact>
      <Fact name={t('intercept.head.deadline')}>
        <DeadlineCell row={detail} />
        <span className="below">
          <Moment at={detail.deadlineAt} />
        </span>
      </Fact>
      <Fact name={t('intercept.head.tracking')}>
        <Tracking tracking={detail.tracking} />
      </Fact>
      <Fact name={t('intercept.head.origin')}>
        {origins[detail.origin] ?? detail.origin}
        <span className="below">
          <Moment at={detail.createdAt} />
        </span>
      </Fact>
      <Fact name={t('intercept.head.number')}>
        <span className="number">{detail.id}</span>
      </Fact>
    </dl>
  );
}
