import type { CourierChartAnswer } from '../http/answers.js';
import { percent } from '../lanes/lane-name.js';
import { courierName } from '../parts/couriers.js';
import { useWords } from '../texts/i18n.js';
import { durationText } from '../time/span.js';
import { stepText } from './steps.js';

type Figures = Omit<CourierChartAnswer['couriers'][number], 'carrier' | 'points'>;

/** How the figures of a courier are written. */
function useFigures() {
  const { t, lang } = useWords();
  const none = t('frame.time.none');
  return (figures: Figures | null): readonly string[] =>
    figures === null
      ? Array.from({ length: 7 }, () => none)
      : [
          String(figures.asked),
          String(figures.succeeded),
          String(figures.refused),
          String(figures.missed),
          figures.share === null ? none : percent(figures.share),
          figures.p50Ms === null ? none : durationText(figures.p50Ms, lang),
          figures.p95Ms === null ? none : durationText(figures.p95Ms, lang),
        ];
}

function Heads({ first }: { readonly first: string }) {
  const { t } = useWords();
  const names = [
    t('overview.asked'),
    t('overview.succeeded'),
    t('overview.refused'),
    t('overview.missed'),
    t('overview.share'),
    t('overview.couriers.p50'),
    t('overview.couriers.p95'),
  ];
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {names.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly head: string;
  readonly figures: Figures | null;
}

function Row({ head, figures }: RowProps) {
  const cells = useFigures()(figures).map((text, index) => ({ text, key: `${index} ${text}` }));
  return (
    <tr>
      <th scope="row">{head}</th>
      {cells.map(({ key, text }) => (
        <td key={key} className="figure">
          {text}
        </td>
      ))}
    </tr>
  );
}

/** The same figures as in the charts: the sums for everybody, each step for whoever asks. */
export function CourierTable({ chart }: { readonly chart: CourierChartAnswer }) {
  const { t, lang } = useWords();
  return (
    <>
      <div className="scroll-x">
        <table className="plain">
          <caption className="unseen">{t('overview.couriers.title')}</caption>
          <Heads first={t('overview.courier')} />
          <tbody>
            {chart.couriers.map((courier) => (
              <Row key={courier.carrier} head={courierName(courier.carrier, lang)} figures={courier} />
            ))}
          </tbody>
        </table>
      </div>
      <details className="chart-table">
        <summary>{t('overview.couriers.table')}</summary>
        {chart.couriers.map((courier) => (
          <div key={courier.carrier} className="scroll-x">
            <table className="plain">
              <caption>{courierName(courier.carrier, lang)}</caption>
              <Heads first={t('overview.couriers.step')} />
              <tbody>
                {chart.steps.map((step, index) => (
                  <Row key={step} head={stepText(step, chart.by)} figures={courier.points[index] ?? null} />
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </details>
    </>
  );
}
