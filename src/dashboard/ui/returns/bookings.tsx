import type { ReceiptAnswer } from '../http/answers.js';
import { useWords } from '../texts/i18n.js';
import { Ago } from '../time/moments.js';

/** What the warehouse booked, booking by booking; `numbered`: with the number that was on the parcel. */
export function Bookings({ rows, numbered }: { readonly rows: readonly ReceiptAnswer[]; readonly numbered?: boolean }) {
  const { t } = useWords();
  return (
    <ul className="related">
      {rows.map((receipt) => (
        <li key={receipt.id}>
          {numbered === true && <strong className="number">{receipt.waybillNo} </strong>}
          <span className="number">{receipt.receiptId}</span> <Ago at={receipt.bookedAt} />
          <span className="below">
            {receipt.lines
              .map(({ condition, ...line }) => [t('return.detail.line', line), condition].filter(Boolean).join(' '))
              .join(t('return.detail.comma'))}
          </span>
        </li>
      ))}
    </ul>
  );
}
