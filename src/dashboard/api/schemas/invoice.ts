import { z } from 'zod';
import { INVOICE_STATES } from '../../../domain/money/invoice.js';
import { MONTH_OF } from './bill.js';
import { FEN, OWN_ID, TIME } from './fields.js';

/** Body of `POST /invoices`. */
export const INVOICE_ORDER = z.strictObject({ ...MONTH_OF, shopId: OWN_ID }).meta({ id: 'InvoiceOrder' });

export const INVOICE = z
  .object({
    id: z.string(),
    ...MONTH_OF,
    shopId: z.string(),
    state: z.enum(INVOICE_STATES),
    entries: z.int(),
    totalFen: FEN.meta({ description: 'the sum of its ledger entries: `GET /ledger?invoiceId=`' }),
    reversedFen: FEN.meta({ description: 'of them reversed since, to be credited' }),
    number: z.string().nullable(),
    requestedBy: z.string(),
    requestedAt: TIME,
    issuedAt: TIME.nullable(),
    filedAt: TIME.nullable(),
  })
  .meta({ id: 'Invoice' });

export const INVOICEABLE = z
  .object({ ...MONTH_OF, shopId: z.string(), entries: z.int(), totalFen: FEN })
  .meta({ id: 'Invoiceable' });

export type InvoiceAnswer = z.output<typeof INVOICE>;
export type InvoiceableAnswer = z.output<typeof INVOICEABLE>;
