import type { OverviewAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { AlertList } from './alert-list.js';
import { CourierPanel } from './courier-panel.js';
import { LanesGlance } from './lanes-glance.js';
import { NeedsPerson } from './needs-person.js';
import { NotReady } from './not-ready.js';
import { RiskCards } from './risk-cards.js';
import { Today } from './today.js';

/** What is at stake, what stops work, who is needed; below it how the couriers do and how the day went. */
export function OverviewPage() {
  const { t } = useWords();
  const query = useLive<OverviewAnswer>(['overview'], '/api/v1/overview');
  const maySeeLanes = useMay('config:read');
  const now = query.data;
  return (
    <div className="overview">
      <PageHead title={t('overview.title')} beside={<Age readAt={query.dataUpdatedAt} />} />
      <Reading query={query}>
        {now && (
          <>
            <NotReady causes={now.notReady} />
            <RiskCards risk={now.risk} readAt={query.dataUpdatedAt} />
            <div className="halves">
              <NeedsPerson waiting={now.waiting} />
              <AlertList alerts={now.alerts} />
            </div>
          </>
        )}
      </Reading>
      {maySeeLanes && <LanesGlance />}
      <CourierPanel />
      <Today />
      {maySeeLanes && (
        <p>
          <a href="/queues" target="_blank" rel="noreferrer">
            {t('overview.queues')}
            {t('frame.newWindow')}
          </a>
        </p>
      )}
    </div>
  );
}
