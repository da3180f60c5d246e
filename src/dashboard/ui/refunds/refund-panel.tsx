import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../actions/use-act.js';
import type { StoryAnswer } from '../http/answers.js';
import { yuan } from '../parts/money.js';
import { useWords } from '../texts/i18n.js';
import { sideIn } from '../texts/language.js';
import { RefundDialog, type RefundStep } from './refund-dialog.js';
import { RefundMark } from './refund-mark.js';

type Refund = StoryAnswer['refunds'][number];

function RefundLine({ refund }: { readonly refund: Refund }) {
  const { t, lang } = useWords();
  const [open, setOpen] = useState<RefundStep | null>(null);
  const approve = useAct('intercept.approveRefund');
  const settle = useAct('intercept.settleRefund');
  const { operation, amountFen, afterSaleId, state, reasonText, rawCode, rawText } = refund;
  return (
    <li>
      <strong>{t(`refund.operation.${operation}`)}</strong>{' '}
      {amountFen === null ? t('refund.unknownAmount') : yuan(amountFen)} <RefundMark state={state} />
      <span className="below number">{t('refund.afterSale', { id: afterSaleId })}</span>
      <span className="below">{sideIn(lang, reasonText)}</span>
      {(rawCode !== null || rawText !== null) && (
        <span className="below quote">
          {rawCode !== null && <code>{rawCode}</code>} {rawText}
        </span>
      )}
      <div className="steps">
        {refund.mayApprove && approve.may && (
          <Button type="primary" onClick={() => setOpen('approve')} {...approve.mark}>
            {t('refund.approve')}
          </Button>
        )}
        {refund.maySettle && settle.may && (
          <Button onClick={() => setOpen('settle')} {...settle.mark}>
            {t('refund.settle')}
          </Button>
        )}
      </div>
      {open && <RefundDialog step={open} refund={refund} onClose={() => setOpen(null)} />}
    </li>
  );
}

/** What was decided about the money of the parcel's after-sales, and what a person may do about it (R73). */
export function RefundPanel({ refunds }: { readonly refunds: readonly Refund[] }) {
  const { t } = useWords();
  return (
    <section className="panel" aria-labelledby="refunds">
      <h2 id="refunds">{t('refund.title')}</h2>
      {refunds.length === 0 ? (
        <p className="muted">{t('refund.none')}</p>
      ) : (
        <ul className="related">
          {refunds.map((refund) => (
            <RefundLine key={refund.id} refund={refund} />
          ))}
        </ul>
      )}
    </section>
  );
}
