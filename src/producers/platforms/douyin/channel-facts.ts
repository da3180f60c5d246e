import type { CarrierFact } from '../../../domain/carrier/port.js';

const SDK = "the platform's own generated Java SDK; github zsmhub/doudian-sdk; github westng/doudian-sdk of 2026-03";
const LIST = 'github zsmhub/doudian-sdk api/afterSale_List/request';
const GUIDE = 'a copy of op.jinritemai.com/docs/api-docs/17/897';
const NONE = 'searched for and not found';
const OURS = 'our reading';

/** What is known of Douyin's intercept API, and what is not. */
export const CHANNEL_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Intercept',
    value:
      'afterSale.applyLogisticsIntercept {after_sale_id (int64), op_from 1 (seller), intercept_targets [{company_code, tracking_no}]}, all required; one parcel a call, under the oldest after-sale that wants it back',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Window',
    value: '已揽收未派送: picked up, not yet out for delivery',
    confidence: 'second-hand',
    source: GUIDE,
  },
  {
    fact: 'Answer to an intercept',
    value:
      'data.intercept_results[] with tracking_no and is_success; true for this very parcel is the only success. No result, two results, or a yes with a reason why not: the outcome is open',
    confidence: 'documented',
    source: `${SDK}; what a contradiction means: ${OURS}`,
  },
  {
    fact: 'Reasons of a refusal',
    value:
      'unavailable_reason_code (int64, the example is -10006) and unavailable_reason; no table: a refusal we cannot explain, until the shop’s interceptMeanings says more',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Failures of the call',
    value:
      '50002 isv.business-failed:10000 (信息获取失败，请稍后重试) is sent again, as documented; timeouts and trouble inside the platform leave the outcome open; a code nobody knows too',
    confidence: 'second-hand',
    source: `${GUIDE}; the other codes: two public copies of op.jinritemai.com/docs/guide-docs/212/1427`,
  },
  {
    fact: 'Idempotency',
    value: 'no request id, no answer to a repetition known: never sent again by itself after an answer was lost',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Fee of an intercept',
    value:
      'intercept_cost in fen, in the answer (settlement_mode 0 on line, 1 off line, both booked); 0 counts as not stated, then the tariff holds',
    confidence: 'documented',
    source: `${SDK}; what 0 means: ${OURS}`,
  },
  {
    fact: 'Goods of other orders in the parcel',
    value: 'other_products[] and other_product_amount of the result, told to a person (R62)',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Result of an intercept',
    value:
      'no message tells it. afterSale.List filters by order_logistics_state 3 (快递退回中，运往商家，包含快递拦截成功, with a delay): a record that names our after-sale and no waybill but ours proves it; everything else is unclear',
    confidence: 'documented',
    source: `the filter: ${LIST}; that a record names its waybills in tracking_no is not in our reference`,
  },
  {
    fact: 'Finding a lost answer',
    value:
      'the state comes too late for it and its absence proves nothing: the track of an account at the courier is asked, else a person',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Taking an intercept back, track, pushes',
    value: 'none is known: a withdrawn refund goes to a person (R80)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Limits',
    value: 'unknown: 20 a second; we wait 12 s for an answer, as the SDK does',
    confidence: 'not documented',
    source: NONE,
  },
];
