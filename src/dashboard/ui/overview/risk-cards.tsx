import type { OverviewAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { Ago } from '../time/moments.js';

const SHOWN = ['now', 'nextHour', 'lostToday', 'notBack'] as const satisfies readonly (keyof OverviewAnswer['risk'])[];

interface RiskCardsProps {
  readonly risk: OverviewAnswer['risk'];
  /** ms since 1970. */
  readonly readAt: number;
}

/** What is at stake, in money first: forty parcels of nine yuan and forty of nine hundred are different nights. */
export function RiskCards({ risk, readAt }: RiskCardsProps) {
  const { t } = useWords();
  return (
    <section aria-label={t('overview.risk.title')}>
      <dl className="figures figures-risk">
        {SHOWN.map((name) => {
          const { count, valueFen, withoutValue } = risk[name];
          return (
            <div key={name} className={`panel figure-card risk-${name}${count > 0 ? ' risk-some' : ''}`}>
              <dt>{t(`overview.risk.${name}`)}</dt>
              <dd className="figure-value">{yuan(valueFen)}</dd>
              <dd>{t('overview.risk.parcels', { count })}</dd>
              <dd className="muted">{t(`overview.risk.${name}About`)}</dd>
              {withoutValue > 0 && <dd className="muted">{t('overview.risk.without', { count: withoutValue })}</dd>}
              {name === 'notBack' && risk.notBack.oldestAt !== null && (
                <dd>
                  {t('overview.risk.oldest')} <Ago at={risk.notBack.oldestAt} />{' '}
                  <Link to="/returns?refundedNotBack=true">{t('overview.risk.show')}</Link>
                </dd>
              )}
              <dd>
                <Age readAt={readAt} />
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
