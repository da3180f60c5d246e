import { useQuery } from '@tanstack/react-query';
import { chinaDay, chinaDayStart } from '../../../domain/china-time.js';
import type { StatsAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { Reading } from '../parts/reading.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { Breakdown } from './breakdown.js';
import { Figures } from './figures.js';

/** A day's figures are sums over all of it: read less often than what people act upon, ms. */
const REFRESH_MS = 30_000;

/** Today so far; a day begins when it does in China. */
export function Today() {
  const { t } = useWords();
  const today = useQuery({
    queryKey: ['today'],
    queryFn: () =>
      call<StatsAnswer>('GET', `/api/v1/stats?since=${encodeURIComponent(chinaDayStart(new Date()).toISOString())}`),
    refetchInterval: REFRESH_MS,
  });
  const stats = today.data;
  return (
    <section aria-labelledby="today">
      <div className="panel-head">
        <h2 id="today">{t('overview.today')}</h2>
        <span className="muted">{stats && t('overview.since', { day: chinaDay(new Date(stats.since)) })}</span>
        <Age readAt={today.dataUpdatedAt} />
      </div>
      <Reading query={today}>
        {stats && (
          <>
            <Figures stats={stats} readAt={today.dataUpdatedAt} />
            <Breakdown stats={stats} />
          </>
        )}
      </Reading>
    </section>
  );
}
