import type { CodeRow } from '../../../domain/carrier/port.js';

/** Yunda publishes no list of codes, of its gateway or of the intercept; an account may teach some (`meanings`). */
export const YUNDA_CODES: Readonly<Record<string, CodeRow>> = {};

/** Our own word, beside a refusal that never left us: the account has not switched the intercept on. */
export const NOT_ENABLED = 'intercept_not_enabled';
