import type { InvoiceView } from '../../domain/store/invoice-store.js';
import type { InvoiceAnswer } from '../api/schemas/invoice.js';
import { time } from './words.js';

export function presentInvoice(invoice: InvoiceView): InvoiceAnswer {
  const { requestedAt, issuedAt, filedAt, ...shown } = invoice;
  return {
    ...shown,
    requestedAt: time(requestedAt),
    issuedAt: issuedAt === null ? null : time(issuedAt),
    filedAt: filedAt === null ? null : time(filedAt),
  };
}
