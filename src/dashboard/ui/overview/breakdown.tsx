import type { ReactNode } from 'react';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import type { StatsAnswer } from '../http/answers.js';
import { addressOf } from '../intercepts/filters.js';
import { StateMark } from '../intercepts/state-mark.js';
import { courierName } from '../parts/couriers.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';

interface BreakdownProps {
  readonly stats: StatsAnswer;
}

interface PlainTableProps {
  readonly title: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}

function PlainTable({ title, heads, children }: PlainTableProps) {
  return (
    <section className="panel">
      <table className="plain">
        <caption>{title}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** Today's intercepts in this filter. */
const todays = (filters: Record<string, string>) => addressOf('/intercepts', { ...filters, period: 'today' });

/** The same numbers by state, courier and rule; each leads to its rows. */
export function Breakdown({ stats }: BreakdownProps) {
  const { t, lang } = useWords();
  const states = INTERCEPT_STATES.filter((state) => (stats.decidedByState[state] ?? 0) > 0);
  const rules = Object.entries(stats.skippedByRule);
  return (
    <div className="breakdown">
      <PlainTable title={t('overview.byState')} heads={[t('overview.lanes.state'), t('overview.count')]}>
        {states.map((state) => (
          <tr key={state}>
            <td>
              <StateMark state={state} />
            </td>
            <td className="figure">
              <Link to={todays({ state })}>{stats.decidedByState[state]}</Link>
            </td>
          </tr>
        ))}
      </PlainTable>
      <PlainTable
        title={t('overview.byCourier')}
        heads={(['courier', 'asked', 'succeeded', 'refused', 'missed', 'share'] as const).map((key) =>
          t(`overview.${key}`),
        )}
      >
        {stats.successByCourier.map((row) => (
          <tr key={row.carrier}>
            <th scope="row">
              <Link to={todays({ carrier: row.carrier })}>{courierName(row.carrier, lang)}</Link>
            </th>
            <td className="figure">{row.asked}</td>
            <td className="figure">{row.succeeded}</td>
            <td className="figure">{row.refused}</td>
            <td className="figure">{row.missed}</td>
            <td className="figure">{row.share === null ? t('frame.time.none') : `${Math.round(row.share * 100)}%`}</td>
          </tr>
        ))}
      </PlainTable>
      <PlainTable title={t('overview.byRule')} heads={[t('overview.rule'), t('overview.count')]}>
        {rules.map(([rule, count]) => (
          <tr key={rule}>
            <td>
              <span className="rule">{rule}</span>
            </td>
            <td className="figure">
              <Link to={todays({ state: 'skipped', reason: rule })}>{count}</Link>
            </td>
          </tr>
        ))}
      </PlainTable>
    </div>
  );
}
