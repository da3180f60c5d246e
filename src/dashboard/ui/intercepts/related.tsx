import type { StoryAnswer } from '../http/answers.js';
import { courierName } from '../parts/couriers.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { StateMark } from './state-mark.js';

interface RelatedProps {
  readonly detail: StoryAnswer;
}

function AfterSales({ detail }: RelatedProps) {
  const { t } = useWords();
  const amount = (fen: number | null) => (fen === null ? t('story.related.unknown') : yuan(fen));
  return (
    <ul className="related">
      {detail.afterSales.map((sale) => (
        <li key={sale.id}>
          <span className="number">{t('story.related.afterSale', { id: sale.afterSaleId })}</span>{' '}
          <span>{t(`story.status.${sale.status}`)}</span>
          {sale.type !== null && <span> · {t(`story.type.${sale.type}`)}</span>}
          <span className="below">
            {t('story.related.refund', { refund: amount(sale.refundAmountFen), paid: amount(sale.paidAmountFen) })}
            {sale.elsewhere && <span>{t('story.related.elsewhere')}</span>}
          </span>
          {sale.orderId !== null && (
            <span className="below">
              <span className="number">{t('story.related.order', { id: sale.orderId })}</span>
              <Link to={`/intercepts?q=${encodeURIComponent(sale.orderId)}`}>{t('story.related.all')}</Link>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function OtherParcels({ detail }: RelatedProps) {
  const { t, lang } = useWords();
  if (detail.otherParcels.length === 0) return <p className="muted">{t('story.related.noParcels')}</p>;
  return (
    <ul className="related">
      {detail.otherParcels.map((parcel) => (
        <li key={`${parcel.carrier} ${parcel.waybillNo} ${parcel.afterSaleId}`}>
          {parcel.interceptId === null ? (
            <span className="number">{parcel.waybillNo}</span>
          ) : (
            <Link to={`/intercepts/${parcel.interceptId}`} className="number">
              {parcel.waybillNo}
            </Link>
          )}{' '}
          {courierName(parcel.carrier, lang)}{' '}
          {parcel.state === null ? t('story.related.noIntercept') : <StateMark state={parcel.state} />}
          {parcel.reasonText !== null && <span className="below">{sideIn(lang, parcel.reasonText)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Rounds({ detail }: RelatedProps) {
  const { t } = useWords();
  if (detail.rounds.length < 2) return null;
  return (
    <>
      <h3>{t('story.related.rounds')}</h3>
      <ul className="related">
        {detail.rounds.map(({ id, round, state }) => (
          <li key={id}>
            {id === detail.id ? (
              <span>
                {t('story.related.round', { n: round })} ({t('story.related.here')})
              </span>
            ) : (
              <Link to={`/intercepts/${id}`}>{t('story.related.round', { n: round })}</Link>
            )}{' '}
            <StateMark state={state} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whose refund it is, and what else belongs to the order. */
export function Related({ detail }: RelatedProps) {
  const { t } = useWords();
  return (
    <section className="panel" aria-labelledby="related">
      <h2 id="related">{t('story.related.title')}</h2>
      <AfterSales detail={detail} />
      <h3>{t('story.related.parcels')}</h3>
      <OtherParcels detail={detail} />
      <Rounds detail={detail} />
    </section>
  );
}
