import { useActor } from '../intercepts/actor.js';
import type { Entry } from '../intercepts/timeline.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { RefundMark } from './refund-mark.js';

interface RefundEntryProps {
  readonly of: Extract<Entry, { kind: 'refund' }>['of'];
}

/** One step of a refund in the timeline of its parcel. */
export function RefundEntry({ of: { step, operation, amountFen } }: RefundEntryProps) {
  const { t, lang } = useWords();
  const known = useActor(step.actor);
  const actor = step.actor === 'platform' ? t('refund.platform') : known;
  return (
    <>
      <p>
        <strong>{t(`refund.operation.${operation}`)}</strong> {amountFen !== null && yuan(amountFen)}{' '}
        <RefundMark state={step.to} />
      </p>
      <p>{sideIn(lang, step.reasonText)}</p>
      {step.note !== null && <p className="quote">{step.note}</p>}
      <p className="muted">{t('refund.by', { actor })}</p>
    </>
  );
}
