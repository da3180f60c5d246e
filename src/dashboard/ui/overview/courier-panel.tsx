import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useMemo } from 'react';
import type { CourierChartAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { percent } from '../lanes/lane-name.js';
import { courierName } from '../parts/couriers.js';
import { Reading } from '../parts/reading.js';
import { go, usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { onThisClock } from '../time/clock.js';
import { durationText } from '../time/span.js';
import { CourierTable } from './courier-table.js';
import { LineChart } from './line-chart.js';
import { stepText } from './steps.js';

type Step = CourierChartAnswer['by'];
const STEPS: readonly Step[] = ['hour', 'day'];
/** The server reads days once a minute; asking more often would bring nothing new. */
const REFRESH_MS = 30_000;

/** How the couriers do, by hour or by day; which of them stands in the address. */
export function CourierPanel() {
  const { t } = useWords();
  const { search } = usePlace();
  const by = STEPS.find((step) => step === search.get('by')) ?? 'hour';
  const query = useQuery({
    queryKey: ['courier-chart', by],
    queryFn: () => call<CourierChartAnswer>('GET', `/api/v1/stats/couriers?by=${by}`),
    refetchInterval: REFRESH_MS,
  });
  const chart = query.data;
  return (
    <section className="panel" aria-labelledby="couriers">
      <div className="panel-head">
        <h2 id="couriers">{t('overview.couriers.title')}</h2>
        {chart && <Age readAt={onThisClock(chart.readAt)} />}
        <Segmented<Step>
          aria-label={t('overview.couriers.by')}
          value={by}
          options={STEPS.map((value) => ({ value, label: t(`overview.couriers.${value}`) }))}
          onChange={(next) => go(next === 'hour' ? '/' : `/?by=${next}`, 'replace')}
        />
      </div>
      <p className="muted">{t('overview.couriers.about')}</p>
      <Reading query={query}>
        {chart?.couriers.length === 0 && <p className="reading">{t('overview.couriers.none')}</p>}
        {chart && chart.couriers.length > 0 && <Charts chart={chart} />}
      </Reading>
    </section>
  );
}

function Charts({ chart }: { readonly chart: CourierChartAnswer }) {
  const { t, lang } = useWords();
  const steps = useMemo(() => chart.steps.map((step) => stepText(step, chart.by)), [chart]);
  const lines = useMemo(() => {
    const of = (
      pick: (point: NonNullable<CourierChartAnswer['couriers'][number]['points'][number]>) => number | null,
    ) =>
      chart.couriers.map(({ carrier, points }) => ({
        name: courierName(carrier, lang),
        values: points.map((point) => (point === null ? null : pick(point))),
      }));
    return { share: of((point) => point.share), time: of((point) => point.p50Ms) };
  }, [chart, lang]);
  const duration = useMemo(() => (ms: number) => durationText(ms, lang), [lang]);
  return (
    <>
      <div className="charts">
        <LineChart name={t('overview.couriers.share')} steps={steps} lines={lines.share} write={percent} max={1} />
        <LineChart name={t('overview.couriers.time')} steps={steps} lines={lines.time} write={duration} />
      </div>
      <CourierTable chart={chart} />
    </>
  );
}
