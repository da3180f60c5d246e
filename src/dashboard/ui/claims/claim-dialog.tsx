import { Button } from 'antd';
import { useAct } from '../actions/use-act.js';
import type { ClaimDetailAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { ActorName } from '../parts/actor-name.js';
import { Dialog } from '../parts/dialog.js';
import { yuan } from '../parts/money.js';
import { Reading } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { Ago } from '../time/moments.js';
import { ClaimMark } from './claim-mark.js';
import { ClaimSteps } from './claim-steps.js';

interface ClaimDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One claim: why, how much, what happened, the money in, and what a person may do. */
export function ClaimDialog({ id, onClose }: ClaimDialogProps) {
  const { t, lang } = useWords();
  const evidence = useAct('claims.evidence');
  const detail = useLive<ClaimDetailAnswer>(['claims', id], `/api/v1/claims/${id}`);
  const claim = detail.data;
  return (
    <Dialog title={t('claim.detail.title', { waybill: claim?.waybillNo ?? '' })} onClose={onClose}>
      <Reading query={detail}>
        {claim && (
          <>
            <p>
              <ClaimMark state={claim.state} /> {sideIn(lang, claim.kindText)} ({claim.rule}){' '}
              <Link to={`/intercepts/${claim.interceptId}`}>{t('claim.detail.intercept')}</Link>
            </p>
            <p>
              {t('claim.detail.value', { amount: claim.valueFen === null ? t('claim.unknown') : yuan(claim.valueFen) })}
            </p>
            {claim.reference !== null && <p>{t('claim.detail.reference', { reference: claim.reference })}</p>}
            {claim.answer !== null && <p className="quote">{claim.answer}</p>}
            {evidence.may && (
              <p>
                <Button href={`/api/v1/claims/${id}/evidence.pdf?lang=${lang}`} download {...evidence.mark}>
                  {t('claim.detail.evidence')}
                </Button>
              </p>
            )}
            <ClaimSteps key={claim.state} claim={claim} />
            <Entries claim={claim} />
            <History claim={claim} />
          </>
        )}
      </Reading>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('claim.detail.close')}</Button>
      </div>
    </Dialog>
  );
}

interface PartProps {
  readonly claim: ClaimDetailAnswer;
}

function Entries({ claim: { entries } }: PartProps) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('claim.detail.entries')}</h3>
      {entries.length === 0 && <p className="muted">{t('claim.detail.noEntries')}</p>}
      <ul className="related">
        {entries.map((entry) => (
          <li key={entry.id}>
            {t(`claim.detail.${entry.kind}`)} {yuan(entry.kind === 'payment' ? entry.amountFen : -entry.amountFen)}{' '}
            <span className="number">{entry.reference}</span> <Ago at={entry.receivedAt} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ claim: { steps } }: PartProps) {
  const { t } = useWords();
  return (
    <section>
      <h3>{t('claim.detail.steps')}</h3>
      <ul className="related">
        {steps.map((step) => (
          <li key={step.version}>
            <ClaimMark state={step.to} /> <Ago at={step.at} /> <ActorName actor={step.actor} />
            {step.note !== null && <span className="below quote">{step.note}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
