import type { Rule } from './case.js';

/** A courier pays at most this much for a lost parcel, fen; the parcel must be worth less (R14). */
const VALUE_LIMIT_FEN = 100_000;

/** R13: fresh food, virtual goods and goods made to order are not intercepted. */
export const r13Goods: Rule = ({ afterSales }) =>
  afterSales.some((a) => a.category !== undefined && a.category !== 'normal')
    ? { rule: 'R13', verdict: 'skip', reason: 'goods_not_allowed' }
    : null;

/** R14: the parcel as a whole is worth strictly less than 1000.00; an unknown value waits, it is never zero. */
export const r14Value: Rule = ({ parcel }) => {
  if (parcel.valueFen === null) return { rule: 'R14', verdict: 'hold', reason: 'value_unknown' };
  return parcel.valueFen < VALUE_LIMIT_FEN ? null : { rule: 'R14', verdict: 'skip', reason: 'value_too_high' };
};
