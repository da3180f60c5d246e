import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { LaneAnswer } from '../http/answers.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { BreakerLine } from './breaker-line.js';
import { LaneCapabilities } from './capabilities.js';
import { DriftDialog } from './drift-dialog.js';
import { LaneFigures } from './lane-figures.js';
import { LaneMarks } from './lane-marks.js';
import { laneName } from './lane-name.js';
import { LimitsDialog } from './limits-dialog.js';
import { TooLateDialog } from './too-late-dialog.js';

type Open = 'pause' | 'resume' | 'limits' | 'tooLate' | 'drift' | null;

interface LaneCardProps {
  readonly lane: LaneAnswer;
  /** ms since 1970. */
  readonly readAt: number;
}

export function LaneCard({ lane, readAt }: LaneCardProps) {
  const { t, lang } = useWords();
  const turn = lane.paused ? 'resume' : 'pause';
  const acts = {
    turn: useAct(`lanes.${turn}`),
    limits: useAct('lanes.limits'),
    tooLate: useAct('lanes.tooLate'),
    drift: useAct('lanes.drift'),
  };
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const name = laneName(lane, lang);
  return (
    <li className="panel card lane" data-row={lane.id}>
      <div className="lane-head">
        <h2>{name}</h2>
        <LaneMarks lane={lane} />
        <Age readAt={readAt} />
      </div>
      <BreakerLine lane={lane} />
      <LaneFigures lane={lane} />
      {lane.capabilities && <LaneCapabilities of={lane.capabilities} />}
      <div className="steps">
        {acts.turn.may && (
          <Button type={lane.paused ? 'primary' : 'default'} onClick={() => setOpen(turn)} {...acts.turn.mark}>
            {t(`lane.${turn}.button`)}
          </Button>
        )}
        {acts.limits.may && (
          <Button onClick={() => setOpen('limits')} {...acts.limits.mark}>
            {t('lane.edit.button')}
          </Button>
        )}
        {acts.tooLate.may && lane.tooLateCount > 0 && (
          <Button onClick={() => setOpen('tooLate')} {...acts.tooLate.mark}>
            {t('lane.tooLateList.button')}
          </Button>
        )}
        {acts.drift.may && (
          <Button type="text" onClick={() => setOpen('drift')} {...acts.drift.mark}>
            {t('lane.drift.button')}
          </Button>
        )}
        <a href={`/queues/queue/intercept-${lane.id}`} target="_blank" rel="noreferrer">
          {t('lane.board')}
          {t('frame.newWindow')}
        </a>
      </div>
      {(open === 'pause' || open === 'resume') && (
        <ConfirmStep
          path={`/api/v1/lanes/${lane.id}/${open}`}
          title={`${t(`lane.${open}.button`)} ${name}`}
          what={t(`lane.${open}.what`, { lane: name, count: lane.waiting })}
          submit={t(`lane.${open}.button`)}
          danger={open === 'pause'}
          onClose={close}
          onDone={close}
        />
      )}
      {open === 'limits' && <LimitsDialog lane={lane} name={name} onClose={close} />}
      {open === 'tooLate' && <TooLateDialog lane={lane} name={name} onClose={close} />}
      {open === 'drift' && <DriftDialog lane={lane} name={name} onClose={close} />}
    </li>
  );
}
