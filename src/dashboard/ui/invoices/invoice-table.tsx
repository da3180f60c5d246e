import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { InvoiceState } from '../../../domain/money/invoice.js';
import { useAct } from '../actions/use-act.js';
import { billerName } from '../bills/biller-name.js';
import type { InvoiceAnswer } from '../http/answers.js';
import { useShopName } from '../http/catalogue.js';
import { ActorName } from '../parts/actor-name.js';
import { Dialog, DialogActions } from '../parts/dialog.js';
import { Mark, type Tone } from '../parts/mark.js';
import { yuan } from '../parts/money.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Link } from '../place/link.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';

const TONES = { requested: 'wait', issued: 'busy', filed: 'good' } as const satisfies Record<InvoiceState, Tone>;
const nothing = () => undefined;

function IssueDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const write = useStep<{ number: string }>('POST', `/api/v1/invoices/${id}/issue`, onClose);
  return (
    <Dialog title={t('invoice.issueTitle')} onClose={onClose}>
      <Form<{ number: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ number }) => write.mutate({ number: number.trim() })}
      >
        <Form.Item
          name="number"
          label={t('invoice.number')}
          rules={[{ required: true, whitespace: true, message: t('invoice.numberMissing') }]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <DialogActions
          submit={t('invoice.issueTitle')}
          busy={write.isPending}
          problem={write.error}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}

function Steps({ invoice: { id, state } }: { readonly invoice: InvoiceAnswer }) {
  const { t } = useWords();
  const [issuing, setIssuing] = useState(false);
  const issue = useAct('invoices.issue');
  const file = useAct('invoices.file');
  const filing = useStep<object>('POST', `/api/v1/invoices/${id}/file`, nothing);
  if (state === 'requested' && issue.may) {
    return (
      <>
        <Button onClick={() => setIssuing(true)} {...issue.mark}>
          {t('invoice.issue')}
        </Button>
        {issuing && <IssueDialog id={id} onClose={() => setIssuing(false)} />}
      </>
    );
  }
  if (state !== 'issued' || !file.may) return null;
  return (
    <>
      <Button loading={filing.isPending} onClick={() => filing.mutate({})} {...file.mark}>
        {t('invoice.file')}
      </Button>
      {filing.error && <ProblemAlert problem={filing.error} />}
    </>
  );
}

function Row({ invoice }: { readonly invoice: InvoiceAnswer }) {
  const { t, lang } = useWords();
  const shop = useShopName(invoice.shopId);
  return (
    <tr>
      <td>
        {billerName(invoice.source, lang)} {invoice.period}
        {invoice.number !== null && <span className="below number">{invoice.number}</span>}
      </td>
      <td>{shop}</td>
      <td className="figure">{invoice.entries.toLocaleString('en-US')}</td>
      <td className="figure">
        <Link to={`/invoices?invoice=${invoice.id}`}>{yuan(invoice.totalFen)}</Link>
        {invoice.reversedFen > 0 && (
          <span className="below">{t('invoice.toCredit', { amount: yuan(invoice.reversedFen) })}</span>
        )}
      </td>
      <td>
        <Mark tone={TONES[invoice.state]}>{t(`invoice.state.${invoice.state}`)}</Mark>
      </td>
      <td className="wrap">
        <ActorName actor={invoice.requestedBy} />
        <span className="below">
          <Ago at={invoice.requestedAt} />
        </span>
      </td>
      <td>
        <Steps invoice={invoice} />
      </td>
    </tr>
  );
}

/** Invoices, newest first; each total leads to its ledger rows. */
export function InvoiceTable({ rows }: { readonly rows: readonly InvoiceAnswer[] }) {
  const { t } = useWords();
  return (
    <div className="wide">
      <table className="list batches">
        <thead>
          <tr>
            <th scope="col">{t('bill.source')}</th>
            <th scope="col">{t('invoice.column.shop')}</th>
            <th scope="col" className="figure">
              {t('invoice.column.entries')}
            </th>
            <th scope="col" className="figure">
              {t('invoice.column.total')}
            </th>
            <th scope="col">{t('invoice.column.state')}</th>
            <th scope="col">{t('invoice.column.requested')}</th>
            <th scope="col">{t('people.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((invoice) => (
            <Row key={invoice.id} invoice={invoice} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
