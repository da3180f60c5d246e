import type { CodeRow } from '../../../domain/carrier/port.js';

/** `code` of an order that Kuaidi100 took. */
export const TAKEN = 200;

/** Kuaidi100 publishes no list of codes for interceptOrder; an account may teach some (`meanings`). */
export const KUAIDI100_CODES: Readonly<Record<string, CodeRow>> = {};

/** Our own words, beside refusals that never left us. */
export const NO_CALLBACK = 'callback_not_configured';
export const NOT_SERVED = 'carrier_not_served';
