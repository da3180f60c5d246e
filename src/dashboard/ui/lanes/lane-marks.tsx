import type { LaneAnswer } from '../http/answers.js';
import { Mark, type Tone } from '../parts/mark.js';
import { useWords } from '../texts/i18n.js';

const BREAKER_TONES = { closed: 'good', open: 'bad', half_open: 'ask' } as const satisfies Record<
  LaneAnswer['breaker'],
  Tone
>;

interface LaneMarksProps {
  readonly lane: LaneAnswer;
  /** Leaves out what is as it should be. */
  readonly onlyTrouble?: boolean;
}

/** What stops a lane, or that nothing does. */
export function LaneMarks({ lane, onlyTrouble = false }: LaneMarksProps) {
  const { t } = useWords();
  return (
    <span className="marks">
      {!lane.hasWorker && (
        <span title={t('lane.noWorkerWhat')}>
          <Mark tone="bad">{t('lane.noWorker')}</Mark>
        </span>
      )}
      {lane.paused && <Mark tone="ask">{t('lane.paused')}</Mark>}
      {!lane.paused && lane.hasWorker && <Mark tone="good">{t('lane.running')}</Mark>}
      {(lane.breaker !== 'closed' || !onlyTrouble) && (
        <Mark tone={BREAKER_TONES[lane.breaker]}>{t(`lane.breaker.${lane.breaker}`)}</Mark>
      )}
    </span>
  );
}
