import { Button, Checkbox } from 'antd';
import type { PersonStep } from '../../../domain/intercept/person-steps.js';
import { useAct } from '../actions/use-act.js';
import type { WaitingAnswer } from '../http/answers.js';
import { useShopName } from '../http/catalogue.js';
import { StateMark } from '../intercepts/state-mark.js';
import { courierName } from '../parts/couriers.js';
import { Mark } from '../parts/mark.js';
import { Link } from '../place/link.js';
import { useMay } from '../session/session.js';
import { wordOf } from '../steps/steps.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Due } from '../time/moments.js';
import { CallText } from './call-text.js';

interface WaitingCardProps {
  readonly item: WaitingAnswer;
  readonly ticked: boolean;
  /** null: there is no task to tick, or this person may not finish any. */
  readonly onTick: ((on: boolean) => void) | null;
  readonly onStep: (step: PersonStep) => void;
  readonly onFinish: () => void;
}

interface StepButtonProps {
  readonly step: PersonStep;
  readonly item: WaitingAnswer;
  readonly main: boolean;
  readonly onClick: () => void;
}

function StepButton({ step, item, main, onClick }: StepButtonProps) {
  const { t } = useWords();
  const word = wordOf(step, item.state);
  const { mark } = useAct(`intercept.${word}`);
  return (
    <Button type={main ? 'primary' : 'default'} onClick={onClick} {...mark}>
      {t(`step.${word}.button`)}
    </Button>
  );
}

/** States in which the last moment to send still means something beside the task's own time. */
const BEFORE_SENDING: ReadonlySet<string> = new Set(['held', 'queued', 'needs_review', 'uncertain']);

/** One thing that waits: why, until when, what to do next, and the buttons to do it here. */
export function WaitingCard({ item, ticked, onTick, onStep, onFinish }: WaitingCardProps) {
  const { t, lang } = useWords();
  const shop = useShopName(item.shopId);
  const mayStep = useMay('intercepts:write');
  const { mark } = useAct('tasks.done');
  const label = t('task.select', { waybillNo: item.waybillNo });
  return (
    <li className="panel card" data-row={item.id}>
      <div className="card-head">
        {onTick && <Checkbox aria-label={label} checked={ticked} onChange={({ target }) => onTick(target.checked)} />}
        <h2>
          <Mark tone="ask">{sideIn(lang, item.kindText)}</Mark>{' '}
          <span className="number">{t('task.waybill', { waybillNo: item.waybillNo })}</span>
        </h2>
        <StateMark state={item.state} />
      </div>
      <p>{sideIn(lang, item.reasonText)}</p>
      {item.phoneScript === null && <p>{sideIn(lang, item.nextStep)}</p>}
      <p className="muted">
        {t('task.due')} <Due at={item.dueAt} />
        {BEFORE_SENDING.has(item.state) && (
          <>
            {' · '}
            {t('task.deadline')} <Due at={item.deadlineAt} />
          </>
        )}
      </p>
      <p className="muted">
        {[courierName(item.carrier, lang), shop, item.owner].filter((part) => part !== '').join(' · ')}
      </p>
      <CallText script={item.phoneScript} />
      <div className="steps">
        {mayStep &&
          item.steps.map((step, index) => (
            <StepButton
              key={step}
              step={step}
              item={item}
              main={index === 0 && item.phoneScript === null}
              onClick={() => onStep(step)}
            />
          ))}
        {onTick && (
          <Button
            type={item.steps.length === 0 || item.phoneScript !== null ? 'primary' : 'default'}
            onClick={onFinish}
            {...mark}
          >
            {t('task.done.button')}
          </Button>
        )}
        <Link to={`/intercepts/${item.interceptId}`}>{t('task.open')}</Link>
      </div>
    </li>
  );
}
