import type { LaneAnswer, Page } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { LaneCard } from './lane-card.js';

/** The lanes to the couriers, what waits on them, and how to slow them down. */
export function LanesPage() {
  const { t } = useWords();
  const query = useLive<Page<LaneAnswer>>(['lanes'], '/api/v1/lanes');
  const lanes = query.data?.items ?? [];
  return (
    <>
      <PageHead title={t('lane.title')} about={t('lane.about')} beside={<Age readAt={query.dataUpdatedAt} />} />
      <Reading query={query}>
        {lanes.length === 0 && <p className="reading">{t('lane.none')}</p>}
        <ul className="cards">
          {lanes.map((lane) => (
            <LaneCard key={lane.id} lane={lane} readAt={query.dataUpdatedAt} />
          ))}
        </ul>
      </Reading>
    </>
  );
}
