import { feesAddress } from '../fees/fees-address.js';
import type { StatsAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useMay } from '../session/session.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { durationText } from '../time/span.js';

interface FiguresProps {
  readonly stats: StatsAnswer;
  /** ms since 1970. */
  readonly readAt: number;
}

/** The numbers of the day, each with its age (R79). */
export function Figures({ stats, readAt }: FiguresProps) {
  const { t, lang } = useWords();
  const mayReadMoney = useMay('money:read');
  const { timeToSendMs: time, refundedGoodsNotBack: notBack } = stats;
  const of = (...states: string[]) => states.reduce((sum, state) => sum + (stats.decidedByState[state] ?? 0), 0);
  const span = (ms: number | null) => (ms === null ? t('frame.time.none') : durationText(ms, lang));
  const figures = [
    { name: t('overview.events'), value: String(stats.events) },
    { name: t('overview.decided'), value: String(of(...Object.keys(stats.decidedByState))) },
    { name: t('overview.stopped'), value: `${of('intercepted')} / ${of('returned')}` },
    { name: t('overview.review'), value: String(of('needs_review')) },
    {
      name: t('overview.timeToSend'),
      value: span(time.p50),
      below: t('overview.p99', { p99: span(time.p99) }),
    },
    {
      name: t('overview.fees'),
      value: yuan(stats.fees.dueFen),
      rows: mayReadMoney ? feesAddress({ since: stats.since, until: stats.until }) : undefined,
    },
    { name: t('overview.saved'), value: yuan(stats.valueSavedFen) },
    {
      name: t('overview.notBack'),
      value: yuan(notBack.amountFen),
      below: t('overview.notBackCount', { count: notBack.count }),
    },
  ];
  return (
    <dl className="figures">
      {figures.map(({ name, value, below, rows }) => (
        <div key={name} className="panel figure-card">
          <dt>{name}</dt>
          <dd className="figure-value">{rows === undefined ? value : <Link to={rows}>{value}</Link>}</dd>
          {below !== undefined && <dd className="muted">{below}</dd>}
          <dd>
            <Age readAt={readAt} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
