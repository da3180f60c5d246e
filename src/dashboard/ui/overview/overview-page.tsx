import { useQuery } from '@tanstack/react-query';
import { chinaDay, chinaDayStart } from '../../../domain/china-time.js';
import type { StatsAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { REFRESH_MS } from '../time/freshness.js';
import { Breakdown } from './breakdown.js';
import { Figures } from './figures.js';

/** Today so far; a day begins when it does in China. */
function useToday() {
  return useQuery({
    queryKey: ['stats', 'today'],
    queryFn: () =>
      call<StatsAnswer>('GET', `/api/v1/stats?since=${encodeURIComponent(chinaDayStart(new Date()).toISOString())}`),
    refetchInterval: REFRESH_MS,
  });
}

export function OverviewPage() {
  const { t } = useWords();
  const today = useToday();
  const maySeeQueues = useMay('config:read');
  const stats = today.data;
  const about = stats ? t('overview.since', { day: chinaDay(new Date(stats.since)) }) : '';
  return (
    <>
      <PageHead title={t('overview.title')} about={about} beside={<Age readAt={today.dataUpdatedAt} />} />
      <Reading query={today}>
        {stats && (
          <>
            <Figures stats={stats} readAt={today.dataUpdatedAt} />
            <Breakdown stats={stats} />
          </>
        )}
      </Reading>
      {maySeeQueues && (
        <p>
          <a href="/queues" target="_blank" rel="noreferrer">
            {t('overview.queues')}
            {t('frame.newWindow')}
          </a>
        </p>
      )}
    </>
  );
}
