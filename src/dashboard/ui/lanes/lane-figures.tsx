import type { LaneAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { Ago, Due, In } from '../time/moments.js';
import { spanText } from '../time/span.js';
import { Figure } from './figure.js';
import { percent } from './lane-name.js';

/** A lane that uses more than this of its limit is at its limit. */
const FULL_USE = 0.95;

/** What waits on a lane and where, how fast it goes, and whether it goes at all. Every figure comes from MySQL. */
export function LaneFigures({ lane }: { readonly lane: LaneAnswer }) {
  const { t, lang } = useWords();
  const { use } = lane;
  const rate = lane.rateLimit
    ? t('lane.perSecond', { max: lane.rateLimit.max, span: spanText(lane.rateLimit.perMs, lang) })
    : t('lane.noLimit');
  return (
    <>
      <dl className="lane-figures">
        <Figure name={t('lane.waiting')}>
          {lane.waiting}
          {lane.waiting > 0 && (
            <span className="lane-split" title={t('lane.windowWhat')}>
              {t('lane.inWindow', { count: lane.inWindow })} ·{' '}
              {t('lane.inMySql', { count: lane.waiting - lane.inWindow })}
            </span>
          )}
        </Figure>
        <Figure name={t('lane.inFlight')}>{lane.inFlight}</Figure>
        <Figure name={t('lane.held')}>{lane.held}</Figure>
        <Figure name={t('lane.uncertain')} alarming={lane.uncertain > 0}>
          {lane.uncertain}
        </Figure>
        <Figure name={t('lane.tooLate')} alarming={lane.tooLateCount > 0}>
          {lane.tooLateCount}
        </Figure>
      </dl>
      <dl className="lane-line">
        <Figure name={t('lane.emptyAt')}>
          <In at={lane.emptyAt} />
        </Figure>
        <Figure name={t('lane.oldestDue')}>
          <Due at={lane.oldestDueAt} />
        </Figure>
        <Figure name={t('lane.rate')}>{rate}</Figure>
        <Figure name={t('lane.concurrency')}>{lane.concurrency}</Figure>
        <Figure name={t('lane.use')}>
          {use.share === null ? (
            t('lane.useCount', { count: use.ordersLastMinute })
          ) : (
            <>
              <meter min={0} max={1} high={FULL_USE} value={Math.min(1, use.share)} aria-label={t('lane.use')} />{' '}
              {t('lane.useOf', { count: use.ordersLastMinute, share: percent(use.share) })}
            </>
          )}
        </Figure>
        <Figure name={t('lane.canary')}>
          <span className={lane.hasWorker ? undefined : 'due-over'} title={t('lane.noWorkerWhat')}>
            {lane.canaryAt === null ? t('lane.never') : <Ago at={lane.canaryAt} />}
          </span>
        </Figure>
      </dl>
    </>
  );
}
