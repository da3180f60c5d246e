import { waitingKindText } from '../../../domain/tasks/kind-texts.js';
import { Mark, type Tone } from '../parts/mark.js';
import { yuan } from '../parts/money.js';
import { platformName } from '../parts/platforms.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { momentText } from '../time/span.js';
import type { Entry } from './timeline.js';

type Shown<K extends Entry['kind']> = { readonly of: Extract<Entry, { kind: K }>['of'] };

/** Facts that the platform or the ERP stated at that moment and that still stand. */
export function SaidEntry({ of }: Shown<'said'>) {
  const { t, lang } = useWords();
  const { type, status, refundAmountFen, paidAmountFen, platformDeadlineAt, appliedAt, ...plain } = of.facts;
  const facts: [name: keyof typeof of.facts, text: string | undefined][] = [
    ['status', status && t(`story.status.${status}`)],
    ['type', type && t(`story.type.${type}`)],
    ['refundAmountFen', refundAmountFen === undefined ? undefined : yuan(refundAmountFen)],
    ['paidAmountFen', paidAmountFen === undefined ? undefined : yuan(paidAmountFen)],
    ['orderId', plain.orderId],
    ['category', plain.category],
    ['arbitration', plain.arbitration],
    ['appliedAt', appliedAt && momentText(appliedAt)],
    ['platformDeadlineAt', platformDeadlineAt && momentText(platformDeadlineAt)],
  ];
  return (
    <>
      <p>
        <strong>{platformName(of.platform, lang)}</strong> {t('story.entry.saidBy', { id: of.afterSaleId })}
      </p>
      <dl className="said">
        {facts.map(([name, text]) =>
          text === undefined ? null : (
            <div key={name}>
              <dt>{t(`story.fact.${name}`)}</dt>
              <dd>{text}</dd>
            </div>
          ),
        )}
      </dl>
    </>
  );
}

export function TaskEntry({ of }: Shown<'task'>) {
  const { t, lang } = useWords();
  const kind = sideIn(lang, waitingKindText(of.kind));
  const word = of.end ? (of.state === 'done' ? 'taskDone' : 'taskClosed') : 'taskOpened';
  return (
    <>
      <p>
        <strong>{t(`story.entry.${word}`, { kind })}</strong>
      </p>
      {!of.end && <p>{sideIn(lang, of.reasonText)}</p>}
    </>
  );
}

const TONES = { waiting: 'wait', delivered: 'good', dead: 'bad' } as const satisfies Record<string, Tone>;

/** A webhook or a bot's message about it, and whether it arrived. */
export function MessageEntry({ of }: Shown<'message'>) {
  const { t } = useWords();
  return (
    <>
      <p>
        {t('story.entry.told', { topic: of.topic, target: of.targetId })}{' '}
        <Mark tone={TONES[of.state]}>{t(`story.entry.message_${of.state}`)}</Mark>
      </p>
      <p className="muted">
        {[
          of.tries === 0 ? null : t('story.entry.tries', { count: of.tries }),
          of.httpStatus === null ? null : `HTTP ${of.httpStatus}`,
          of.lastError,
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
    </>
  );
}
