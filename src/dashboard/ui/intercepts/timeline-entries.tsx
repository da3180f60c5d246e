import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { durationText } from '../time/span.js';
import { useActor } from './actor.js';
import { StateMark } from './state-mark.js';
import type { Entry } from './timeline.js';

type Shown<K extends Entry['kind']> = { readonly of: Extract<Entry, { kind: K }>['of'] };

export function TransitionEntry({ of }: Shown<'transition'>) {
  const { t, lang } = useWords();
  const actor = useActor(of.actor);
  return (
    <>
      <p>
        {of.from !== null && of.from !== of.to && (
          <>
            <StateMark state={of.from} /> <span aria-hidden="true">→</span>{' '}
          </>
        )}
        <StateMark state={of.to} />
        {of.rule !== null && <span className="rule">{of.rule}</span>}
      </p>
      <p>{sideIn(lang, of.reasonText)}</p>
      {of.note !== null && <p className="quote">{of.note}</p>}
      <p className="muted">{t('intercept.timeline.by', { actor })}</p>
    </>
  );
}

export function AttemptEntry({ of }: Shown<'attempt'>) {
  const { t, lang } = useWords();
  const outcomes: Readonly<Record<string, string>> = t('intercept.timeline.outcome', { returnObjects: true });
  const took = of.finishedAt === null ? null : Date.parse(of.finishedAt) - Date.parse(of.startedAt);
  return (
    <>
      <p>
        <strong>{t(`intercept.timeline.kind.${of.kind}`)}</strong>{' '}
        {of.outcome === null ? t('intercept.timeline.noAnswer') : (outcomes[of.outcome] ?? of.outcome)}
      </p>
      {(of.rawCode !== null || of.rawText !== null) && (
        <p className="quote">
          {of.rawCode !== null && <code>{of.rawCode}</code>} {of.rawText}
        </p>
      )}
      <p className="muted">
        {[
          of.httpStatus === null ? null : `HTTP ${of.httpStatus}`,
          took === null ? null : durationText(took, lang),
          t('intercept.timeline.requestId', { id: of.requestId }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
      {of.exchange !== null && of.exchange !== undefined && (
        <details>
          <summary>{t('intercept.timeline.exchange')}</summary>
          <pre>{JSON.stringify(of.exchange, null, 2)}</pre>
        </details>
      )}
    </>
  );
}

export function SightingEntry({ of }: Shown<'sighting'>) {
  const { t } = useWords();
  return (
    <>
      <p>
        <strong>{t(`intercept.phase.${of.phase}`)}</strong> {of.text}
      </p>
      <p className="muted">
        {[of.place, of.rawCode, t(`intercept.source.${of.source}`)].filter((part) => part).join(' · ')}
      </p>
    </>
  );
}

export function FeeEntry({ of }: Shown<'fee'>) {
  const { t } = useWords();
  return (
    <p>
      <strong>{t(`intercept.timeline.feeKind.${of.kind}`)}</strong>{' '}
      {yuan(of.kind === 'fee' ? of.amountFen : -of.amountFen)}{' '}
      <span className="muted">{t(`intercept.timeline.verification.${of.verification}`)}</span>
    </p>
  );
}
