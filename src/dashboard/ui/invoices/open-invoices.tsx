import { Button } from 'antd';
import { useAct } from '../actions/use-act.js';
import { billsAddress } from '../bills/bill-queries.js';
import { billerName } from '../bills/biller-name.js';
import type { InvoiceableAnswer } from '../http/answers.js';
import { useShopName } from '../http/catalogue.js';
import { yuan } from '../parts/money.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Link } from '../place/link.js';
import { useStep } from '../steps/use-step.js';
import { useWords } from '../texts/i18n.js';

const nothing = () => undefined;

function Row({ row, mayAsk }: { readonly row: InvoiceableAnswer; readonly mayAsk: boolean }) {
  const { t, lang } = useWords();
  const { mark } = useAct('invoices.request');
  const { source, period, shopId } = row;
  const shop = useShopName(shopId);
  const ask = useStep<object>('POST', '/api/v1/invoices', nothing);
  return (
    <tr>
      <td>
        <Link to={billsAddress({ source, period, class: 'agrees' })}>
          {billerName(source, lang)} {period}
        </Link>
      </td>
      <td>{shop}</td>
      <td className="figure">{row.entries.toLocaleString('en-US')}</td>
      <td className="figure">{yuan(row.totalFen)}</td>
      <td>
        {mayAsk && (
          <Button loading={ask.isPending} onClick={() => ask.mutate({ source, period, shopId })} {...mark}>
            {t('invoice.request')}
          </Button>
        )}
        {ask.error && <ProblemAlert problem={ask.error} />}
      </td>
    </tr>
  );
}

/** What was charged, agrees with a bill and is on no invoice yet. */
export function OpenInvoices({
  rows,
  mayAsk,
}: {
  readonly rows: readonly InvoiceableAnswer[];
  readonly mayAsk: boolean;
}) {
  const { t } = useWords();
  if (rows.length === 0) return <p className="muted">{t('invoice.nothingOpen')}</p>;
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
            <th scope="col">{t('people.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.source} ${row.period} ${row.shopId}`} row={row} mayAsk={mayAsk} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
