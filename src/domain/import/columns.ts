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
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

export const REQUIRED_COLUMNS = ['afterSaleId', 'orderId', 'type', 'carrier', 'waybillNo', 'declaredValueFen'] as const;

/** Columns of the error file: it may be mended and imported as it is. */
export const ERROR_COLUMNS = ['line', 'problem'] as const;
