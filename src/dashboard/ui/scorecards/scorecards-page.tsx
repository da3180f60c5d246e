import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import type { ScorecardsAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { percent } from '../lanes/lane-name.js';
import { courierName } from '../parts/couriers.js';
import { yuan } from '../parts/money.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { onThisClock } from '../time/clock.js';
import { durationText } from '../time/span.js';

type Group = ScorecardsAnswer['by'];
type Row = ScorecardsAnswer['items'][number];
const GROUPS: readonly Group[] = ['carrier', 'station', 'hour'];
/** The server reads them once a minute. */
const REFRESH_MS = 60_000;
const COLUMNS = ['asked', 'stopped', 'success', 'breach', 'time', 'slow', 'cost', 'chance'] as const;

function useCells() {
  const { t, lang } = useWords();
  const none = t('frame.time.none');
  const sampled = (share: number | null, count: number) =>
    share === null ? none : t('score.sample', { share: percent(share), count });
  const span = (ms: number | null) => (ms === null ? none : durationText(ms, lang));
  return (row: Row): Readonly<Record<(typeof COLUMNS)[number], string>> => ({
    asked: String(row.asked),
    stopped: String(row.stopped),
    success: sampled(row.success, row.ended),
    breach: sampled(row.breach, row.accepted),
    time: span(row.p50Ms),
    slow: span(row.p95Ms),
    cost: row.costPerSavedYuan === null ? none : yuan(Math.round(row.costPerSavedYuan * 100)),
    chance: `${percent(row.chance.share)} ${t(`score.from.${row.chance.from}`)}`,
  });
}

function Table({ by, items }: Pick<ScorecardsAnswer, 'by' | 'items'>) {
  const { t, lang } = useWords();
  const cells = useCells();
  const nameOf = ({ name }: Row) => (name === '' ? t('score.nowhere') : by === 'hour' ? `${name}:00` : name);
  return (
    <div className="scroll-x">
      <table className="plain">
        <caption className="unseen">{t('score.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('score.carrier')}</th>
            {by !== 'carrier' && <th scope="col">{t(`score.${by}`)}</th>}
            {COLUMNS.map((name) => (
              <th key={name} scope="col">
                {t(`score.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((row) => {
            const texts = cells(row);
            return (
              <tr key={`${row.carrier} ${row.name}`}>
                <th scope="row">{courierName(row.carrier, lang)}</th>
                {by !== 'carrier' && <td>{nameOf(row)}</td>}
                {COLUMNS.map((name) => (
                  <td key={name} className="figure">
                    {texts[name]}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** How couriers keep their word; by what they are grouped stands in the address. */
export function ScorecardsPage() {
  const { t } = useWords();
  const { search } = usePlace();
  const by = GROUPS.find((group) => group === search.get('by')) ?? 'carrier';
  const query = useQuery({
    queryKey: ['scorecards', by],
    queryFn: () => call<ScorecardsAnswer>('GET', `/api/v1/scorecards?by=${by}`),
    refetchInterval: REFRESH_MS,
  });
  const cards = query.data;
  return (
    <>
      <PageHead
        title={t('score.title')}
        about={t('score.about')}
        beside={cards && <Age readAt={onThisClock(cards.readAt)} />}
      />
      <div className="bar">
        <Segmented<Group>
          aria-label={t('score.by')}
          value={by}
          options={GROUPS.map((value) => ({ value, label: t(`score.${value}`) }))}
          onChange={(next) => go(`/scorecards?by=${next}`, 'replace')}
        />
      </div>
      <Reading query={query}>
        {cards?.items.length === 0 && <p className="reading">{t('score.none')}</p>}
        {cards && cards.items.length > 0 && <Table by={cards.by} items={cards.items} />}
      </Reading>
    </>
  );
}
