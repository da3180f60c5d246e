import type { Reason } from '../reasons.js';
import type { EligibilityCase, Finding, Rule, Verdict } from './case.js';
import { r13Goods, r14Value } from './goods-rules.js';
import { r16OnTheRoad, r17Connected, r19WholeParcel } from './parcel-rules.js';
import { r15RefundOnly, r60FullRefund } from './refund-rules.js';
import { r10CrossBorder, r11ShopActive, r12Agreement } from './shop-rules.js';

/** One row of the judgement: what is asked, what must be known for it, and everything it can say. */
export interface RuleRow {
  readonly rule: `R${number}`;
  readonly asks: { readonly zh: string; readonly en: string };
  readonly needs: readonly string[];
  readonly says: readonly (readonly [Verdict, Reason])[];
  readonly check: Rule;
}

/**
 * The rules in the order of their numbers; docs/decisions.md is drawn from this table. R18 (each parcel its own
 * intercept) has no row: it is the shape of the data, one case is one parcel.
 */
export const RULES: readonly RuleRow[] = [
  {
    rule: 'R10',
    asks: { zh: '是否跨境店铺', en: 'Is the shop a cross-border shop?' },
    needs: ['shop.crossBorder'],
    says: [['skip', 'cross_border_shop']],
    check: r10CrossBorder,
  },
  {
    rule: 'R11',
    asks: { zh: '店铺是否正常运营', en: 'Is the shop in normal operation?' },
    needs: ['shop.status'],
    says: [['skip', 'shop_not_active']],
    check: r11ShopActive,
  },
  {
    rule: 'R12',
    asks: { zh: '是否签署拦截服务协议', en: 'Has the shop signed the intercept agreement?' },
    needs: ['shop.agreementSignedAt'],
    says: [['skip', 'agreement_not_signed']],
    check: r12Agreement,
  },
  {
    rule: 'R13',
    asks: { zh: '是否生鲜、虚拟或定制商品', en: 'Are the goods fresh, virtual or made to order?' },
    needs: ['afterSale.category'],
    says: [['skip', 'goods_not_allowed']],
    check: r13Goods,
  },
  {
    rule: 'R14',
    asks: { zh: '整个包裹价值是否低于 1000 元', en: 'Is the parcel as a whole worth less than 1000.00?' },
    needs: ['parcel.declaredValueFen', 'afterSale.paidAmountFen', 'contents.paidFen'],
    says: [
      ['skip', 'value_too_high'],
      ['hold', 'value_unknown'],
    ],
    check: r14Value,
  },
  {
    rule: 'R15',
    asks: { zh: '是否已发货仅退款且仍有效', en: 'Is it a refund-only that still stands?' },
    needs: ['afterSale.type', 'afterSale.status', 'afterSale.arbitration', 'policy.afterRefundPaid'],
    says: [
      ['skip', 'not_refund_only'],
      ['skip', 'after_sale_not_open'],
      ['skip', 'refund_already_paid'],
      ['hold', 'after_sale_unknown'],
    ],
    check: r15RefundOnly,
  },
  {
    rule: 'R16',
    asks: { zh: '是否已揽收且尚未派送', en: 'Is the parcel picked up and not yet out for delivery?' },
    needs: ['parcel.sightings', 'parcel.lastLook'],
    says: [
      ['hold', 'checking'],
      ['hold', 'not_picked_up'],
      ['hold', 'track_unclear'],
      ['missed', 'phone_branch'],
      ['missed', 'delivered'],
      ['skip', 'already_returning'],
      ['review', 'parcel_lost'],
    ],
    check: r16OnTheRoad,
  },
  {
    rule: 'R17',
    asks: { zh: '快递是否已接入并有账号', en: 'Is the courier connected, with an account for this shop?' },
    needs: ['parcel.carrier', 'shop.carrierAliases', 'carrierAccounts'],
    says: [
      ['skip', 'carrier_not_connected'],
      ['skip', 'no_account'],
    ],
    check: r17Connected,
  },
  {
    rule: 'R19',
    asks: { zh: '包裹内所有订单是否都在退款', en: 'Is every order in the parcel being refunded (R19, R61, R62)?' },
    needs: ['parcel.contents', 'the after-sales of the parcel', 'shop.requireContents', 'policy.contentsMaxAgeMs'],
    says: [
      ['review', 'sibling_not_refunding'],
      ['hold', 'parcel_not_whole'],
      ['hold', 'contents_unknown'],
    ],
    check: r19WholeParcel,
  },
  {
    rule: 'R60',
    asks: { zh: '是否全额退款（按买家实付）', en: 'Is it all that the buyer paid, to the fen?' },
    needs: ['afterSale.refundAmountFen', 'afterSale.paidAmountFen', 'policy.partialRefund'],
    says: [
      ['skip', 'partial_refund'],
      ['review', 'partial_refund_ask'],
      ['hold', 'amount_unknown'],
    ],
    check: r60FullRefund,
  },
];

/** Every rule that fails, lowest number first. Empty: the parcel may be turned around. */
export function failingRules(c: EligibilityCase): readonly Finding[] {
  const number = (f: Finding) => Number(f.rule.slice(1));
  return RULES.map(({ check }) => check(c))
    .filter((f): f is Finding => f !== null)
    .sort((a, b) => number(a) - number(b));
}

const SEVERITY = ['skip', 'missed', 'review', 'hold'] as const;

/** The finding that decides: a "never" outweighs a "too late", that a person, that waiting; within one, the lowest rule. */
export function decidingFinding(findings: readonly Finding[]): Finding | null {
  for (const verdict of SEVERITY) {
    const found = findings.find((f) => f.verdict === verdict);
    if (found) return found;
  }
  return null;
}
