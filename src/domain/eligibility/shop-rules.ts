import type { Rule } from './case.js';

/** R10: a cross-border shop may not intercept. */
export const r10CrossBorder: Rule = ({ shop }) =>
  shop.crossBorder ? { rule: 'R10', verdict: 'skip', reason: 'cross_border_shop' } : null;

/** R11: the shop is in normal operation. */
export const r11ShopActive: Rule = ({ shop }) =>
  shop.active ? null : { rule: 'R11', verdict: 'skip', reason: 'shop_not_active' };

/** R12: the shop has signed the intercept agreement; nothing is sent before. */
export const r12Agreement: Rule = ({ shop }) =>
  shop.agreementSignedAt ? null : { rule: 'R12', verdict: 'skip', reason: 'agreement_not_signed' };
