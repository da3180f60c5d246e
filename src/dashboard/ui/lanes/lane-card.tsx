import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { LaneAnswer } from '../http/answers.js';
import { courierName } from '../parts/couriers.js';
import { Mark, type Tone } from '../parts/mark.js';
import { useMay } from '../session/session.js';
import { ConfirmStep } from '../steps/confirm-step.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { Due, In } from '../time/moments.js';
import { spanText } from '../time/span.js';
import { LimitsDialog } from './limits-dialog.js';

const BREAKER_TONES = { closed: 'good', open: 'bad', half_open: 'ask' } as const satisfies Record<
  LaneAnswer['breaker'],
  Tone
>;

interface FigureProps {
  readonly name: string;
  readonly children: ReactNode;
  readonly alarming?: boolean;
}

function Figure({ name, children, alarming }: FigureProps) {
  return (
    <div className={alarming ? 'lane-figure alarming' : 'lane-figure'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type Open = 'pause' | 'resume' | 'limits' | null;

interface LaneCardProps {
  readonly lane: LaneAnswer;
  /** ms since 1970. */
  readonly readAt: number;
}

export function LaneCard({ lane, readAt }: LaneCardProps) {
  const { t, lang } = useWords();
  const mayWrite = useMay('config:write');
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const name = `${courierName(lane.carrier, lang)} ${lane.accountId}`;
  const rate = lane.rateLimit
    ? t('lane.perSecond', { max: lane.rateLimit.max, span: spanText(lane.rateLimit.perMs, lang) })
    : t('lane.noLimit');
  const turn = lane.paused ? 'resume' : 'pause';
  return (
    <li className="panel card lane">
      <div className="lane-head">
        <h2>
          {courierName(lane.carrier, lang)} <span className="number">{lane.accountId}</span>
        </h2>
        <Mark tone={lane.paused ? 'ask' : 'good'}>{lane.paused ? t('lane.paused') : t('lane.running')}</Mark>
        <Mark tone={BREAKER_TONES[lane.breaker]}>{t(`lane.breaker.${lane.breaker}`)}</Mark>
        <Age readAt={readAt} />
      </div>
      <dl className="lane-figures">
        <Figure name={t('lane.waiting')}>{lane.waiting}</Figure>
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
      </dl>
      {mayWrite && (
        <div className="steps">
          <Button type={lane.paused ? 'primary' : 'default'} onClick={() => setOpen(turn)}>
            {t(`lane.${turn}.button`)}
          </Button>
          <Button onClick={() => setOpen('limits')}>{t('lane.edit.button')}</Button>
        </div>
      )}
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
    </li>
  );
}
