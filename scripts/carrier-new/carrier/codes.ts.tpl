import type { CodeRow } from '../../../domain/carrier/port.js';

/**
 * Every documented code with its text, the courier's advice and what it means; docs/carriers.md and the contract suite
 * read this table. A repeat is `duplicate`, never a refusal; a code that leaves open what was done is `outcome_unknown`.
 * TODO: the courier's list, like `'401': { text: '签名错误', advice: '', means: 'credentials' }`. None published: leave it
 * empty, `meanings` of the credentials takes what an account learns.
 */
export const __SLUG___CODES: Readonly<Record<string, CodeRow>> = {};
