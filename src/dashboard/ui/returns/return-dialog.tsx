import { Button } from 'antd';
import type { ReturnDetailAnswer } from '../http/answers.js';
import { useLive } from '../http/live.js';
import { Dialog } from '../parts/dialog.js';
import { Reading } from '../parts/reading.js';
import { Link } from '../place/link.js';
import { useWords } from '../texts/i18n.js';
import { Bookings } from './bookings.js';
import { ReturnMark } from './return-mark.js';
import { ReturnSteps } from './return-steps.js';

interface ReturnDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** One return: what was sent beside what was booked, and what a person may do. */
export function ReturnDialog({ id, onClose }: ReturnDialogProps) {
  const { t } = useWords();
  const detail = useLive<ReturnDetailAnswer>(['intercepts', 'return', id], `/api/v1/returns/${id}`);
  const row = detail.data;
  return (
    <Dialog title={t('return.detail.title', { waybill: row?.waybillNo ?? '' })} onClose={onClose}>
      <Reading query={detail}>
        {row && (
          <>
            <p>
              <ReturnMark state={row.state} />{' '}
              <Link to={`/intercepts/${row.interceptId}`}>{t('return.detail.intercept')}</Link>
            </p>
            {row.state === 'received' && !row.compared && <p className="muted">{t('return.notCompared')}</p>}
            {row.note !== null && <p className="quote">{row.note}</p>}
            {row.numbers.length > 0 && (
              <p className="number">{t('return.detail.numbers', { numbers: row.numbers.join(', ') })}</p>
            )}
            <Goods row={row} />
            <h3>{t('return.detail.receipts')}</h3>
            {row.receipts.length === 0 && <p className="muted">{t('return.detail.noReceipts')}</p>}
            <Bookings rows={row.receipts} />
            <ReturnSteps row={row} />
          </>
        )}
      </Reading>
      <div className="dialog-actions">
        <Button onClick={onClose}>{t('return.detail.close')}</Button>
      </div>
    </Dialog>
  );
}

/** Each SKU that was sent, with the pieces that count for it. */
function Goods({ row }: { readonly row: ReturnDetailAnswer }) {
  const { t } = useWords();
  if (row.lines.length === 0) return null;
  const counted = (sku: string) =>
    row.uses.filter((use) => use.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <table className="list" aria-label={t('return.detail.sent')}>
      <thead>
        <tr>
          {(['sku', 'quantity', 'counted'] as const).map((name) => (
            <th key={name} scope="col">
              {t(`return.detail.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {row.lines.map(({ sku, name, quantity }) => (
          <tr key={sku}>
            <td>
              {sku} <span className="below">{name === sku ? '' : name}</span>
            </td>
            <td>{quantity}</td>
            <td>{counted(sku)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
