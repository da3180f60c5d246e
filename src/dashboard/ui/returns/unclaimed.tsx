import type { ReceiptAnswer } from '../http/answers.js';
import { useList } from '../http/list.js';
import { LoadMore } from '../intercepts/load-more.js';
import { useWords } from '../texts/i18n.js';
import { Bookings } from './bookings.js';

/** Goods that are in the warehouse and that nobody waits for: perhaps those of a parcel that came back under a new number. */
export function Unclaimed() {
  const { t } = useWords();
  const { query, rows } = useList<ReceiptAnswer>(['receipts'], '/api/v1/receipts', { unclaimed: 'true', limit: '20' });
  if (rows.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="unclaimed">
      <h2 id="unclaimed">{t('return.unclaimed.title')}</h2>
      <p className="muted">{t('return.unclaimed.about')}</p>
      <Bookings rows={rows} numbered />
      <LoadMore count={rows.length} query={query} />
    </section>
  );
}
