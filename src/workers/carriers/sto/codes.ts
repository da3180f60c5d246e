import type { CodeRow } from '../../../domain/carrier/port.js';

/** No list of STO's codes was found, of its gateway or of the intercept; an account may teach some (`meanings`). */
export const STO_CODES: Readonly<Record<string, CodeRow>> = {};
