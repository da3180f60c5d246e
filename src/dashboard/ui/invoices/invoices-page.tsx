import { useAct } from '../actions/use-act.js';
import { FeeTable } from '../fees/fee-table.js';
import type { InvoiceAnswer, InvoiceableAnswer, LedgerEntryAnswer, Page } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { PageHead } from '../parts/page-head.js';
import { Reading } from '../parts/reading.js';
import { usePlace } from '../place/place.js';
import { useWords } from '../texts/i18n.js';
import { Age } from '../time/age.js';
import { InvoiceTable } from './invoice-table.js';
import { OpenInvoices } from './open-invoices.js';

function InvoiceRows({ id, number }: { readonly id: string; readonly number: string }) {
  const { t } = useWords();
  const query = useLive<Page<LedgerEntryAnswer>>(['invoices', id], `/api/v1/ledger?invoiceId=${id}&limit=200`);
  return (
    <section className="panel" aria-labelledby="invoice-rows">
      <h2 id="invoice-rows">{t('invoice.rows', { number })}</h2>
      <Reading query={query}>
        <FeeTable rows={query.data?.items ?? []} linked />
      </Reading>
    </section>
  );
}

/** Invoices by month, biller and shop (R34): what may be asked for, what was, and the rows behind each total. */
export function InvoicesPage() {
  const { t } = useWords();
  const { search } = usePlace();
  const { may } = useAct('invoices.request');
  const open = useLive<Page<InvoiceableAnswer>>(['invoices', 'open'], '/api/v1/invoiceable');
  const list = useLive<Page<InvoiceAnswer>>(['invoices'], '/api/v1/invoices?limit=200');
  const rows = list.data?.items ?? [];
  const chosen = rows.find(({ id }) => id === search.get('invoice'));
  return (
    <>
      <PageHead title={t('invoice.title')} about={t('invoice.about')} />
      <section className="panel" aria-labelledby="open">
        <h2 id="open">{t('invoice.open')}</h2>
        <Reading query={open}>
          <OpenInvoices rows={open.data?.items ?? []} mayAsk={may} />
        </Reading>
      </section>
      <div className="bar">
        <h2>{t('invoice.list')}</h2>
        <Age readAt={list.dataUpdatedAt} />
      </div>
      <Reading query={list}>
        {rows.length === 0 ? <p className="reading">{t('invoice.none')}</p> : <InvoiceTable rows={rows} />}
      </Reading>
      {chosen && <InvoiceRows id={chosen.id} number={chosen.number ?? chosen.id} />}
    </>
  );
}
