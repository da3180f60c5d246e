import type { Text } from '../text.js';

/** An invoice over fees that were charged and matched (R34). */
export const INVOICE_STATE_TEXTS = {
  requested: { zh: '已申请', en: 'requested' },
  issued: { zh: '已开具', en: 'issued' },
  filed: { zh: '已归档', en: 'filed' },
} as const satisfies Record<string, Text>;

export type InvoiceState = keyof typeof INVOICE_STATE_TEXTS;
export const INVOICE_STATES = Object.keys(INVOICE_STATE_TEXTS) as InvoiceState[];

/** The steps a person takes; each leads from one state to the next. */
export const INVOICE_STEPS = {
  issue: { from: 'requested', to: 'issued' },
  file: { from: 'issued', to: 'filed' },
} as const satisfies Record<string, { from: InvoiceState; to: InvoiceState }>;
export type InvoiceStep = keyof typeof INVOICE_STEPS;
