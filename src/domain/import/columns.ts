/** Columns of a file of requests, or keys of its JSON lines, in the order of a template (docs/import.md). */
export const IMPORT_COLUMNS = [
  'afterSaleId',
  'orderId',
  'type',
  'refundAmountFen',
  'paidAmountFen',
  'carrier',
  'waybillNo',
  'declaredValueFen',
  'pickedUpAt',
  'reason',
  'category',
  'refundPostFen',
  'paidPostFen',
  'weightGrams',
  'volumeCm3',
  'zone',
  'service',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

export const REQUIRED_COLUMNS = ['afterSaleId', 'orderId', 'type', 'carrier', 'waybillNo', 'declaredValueFen'] as const;

/** Columns of the error file: it may be mended and imported as it is. */
export const ERROR_COLUMNS = ['line', 'problem'] as const;

/** Which columns a file may have, and which it must. */
export interface FileColumns {
  readonly all: readonly string[];
  readonly required: readonly string[];
}

/** A file of requests for intercepts: a row a parcel. */
export const REQUEST_FILE: FileColumns = { all: IMPORT_COLUMNS, required: REQUIRED_COLUMNS };

/** Columns of a file of what the warehouse booked: a row a line, the lines of one booking one after another. */
export const RECEIPT_COLUMNS = ['receiptId', 'waybillNo', 'bookedAt', 'sku', 'quantity', 'condition'] as const;

export const RECEIPT_FILE: FileColumns = {
  all: RECEIPT_COLUMNS,
  required: ['receiptId', 'waybillNo', 'bookedAt', 'sku', 'quantity'],
};
