import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { LedgerEntryAnswer, Page } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { useActor } from '../intercepts/actor.js';
import { yuan } from '../parts/money.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Reading } from '../parts/reading.js';
import { useMay } from '../session/session.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { CorrectDialog } from './correct-dialog.js';
import { FeeTable } from './fee-table.js';

const nothing = () => undefined;

/** A correction that waits: a second person approves it, anybody may decline it (R31). */
function Asked({
  fee,
  asked,
}: {
  readonly fee: LedgerEntryAnswer;
  readonly asked: NonNullable<LedgerEntryAnswer['correction']>;
}) {
  const { t } = useWords();
  const actor = useActor(asked.askedBy);
  const approve = useAct('intercept.approveCorrection');
  const decline = useAct('intercept.declineCorrection');
  const approval = useStep<object>('POST', `/api/v1/ledger/${fee.id}/approve`, nothing);
  const refusal = useStep<object>('POST', `/api/v1/ledger/${fee.id}/decline`, nothing);
  const problem = approval.error ?? refusal.error;
  return (
    <>
      <p>{t('fee.asked', { actor, amount: yuan(asked.toFen), note: asked.note })}</p>
      <div className="steps">
        {approve.may && (
          <Button type="primary" loading={approval.isPending} onClick={() => approval.mutate({})} {...approve.mark}>
            {t('fee.approve')}
          </Button>
        )}
        {decline.may && (
          <Button loading={refusal.isPending} onClick={() => refusal.mutate({})} {...decline.mark}>
            {t('fee.decline')}
          </Button>
        )}
      </div>
      {problem && <ProblemAlert problem={problem} />}
    </>
  );
}

function Steps({ fee }: { readonly fee: LedgerEntryAnswer }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const correct = useAct('intercept.correctFee');
  if (fee.correction) return <Asked fee={fee} asked={fee.correction} />;
  const mayChange = fee.kind === 'fee' && fee.reversedById === null && fee.invoiceId === null;
  if (!mayChange || !correct.may) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)} {...correct.mark}>
        {t('fee.correct')}
      </Button>
      {open && <CorrectDialog fee={fee} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The fees of one parcel, and their correction; nothing for whoever may not see money. */
export function FeePanel({ interceptId }: { readonly interceptId: string }) {
  return useMay('money:read') ? <Fees interceptId={interceptId} /> : null;
}

function Fees({ interceptId }: { readonly interceptId: string }) {
  const { t } = useWords();
  const query = useLive<Page<LedgerEntryAnswer>>(
    ['intercept', interceptId, 'fees'],
    `/api/v1/ledger?interceptId=${interceptId}`,
  );
  const rows = query.data?.items ?? [];
  return (
    <section className="panel" aria-labelledby="fees">
      <h2 id="fees">{t('fee.title')}</h2>
      <Reading query={query}>
        {rows.length === 0 ? (
          <p className="muted">{t('fee.none')}</p>
        ) : (
          <FeeTable rows={rows} steps={(row) => <Steps fee={row} />} />
        )}
      </Reading>
    </section>
  );
}
