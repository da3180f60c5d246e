import type { CarrierFact } from '../../../domain/carrier/port.js';

const CLIENTS = 'two public clients, one citing open.jd.com apiId=923';
const NONE = 'searched for and not found';
const OURS = 'our reading';

/** What is known of 通过并京东拦截, and what is not. */
export const CHANNEL_FACTS: readonly CarrierFact[] = [
  {
    fact: 'ACCEPTING THE STOP AGREES THE REFUND',
    value:
      'status 6 is 通过并京东拦截: the review passes at the moment the order is sent, whether the parcel is stopped or not. Nothing is sent without `agreesRefund: true` in the shop’s credentials, and the refund is not to be agreed a second time (R54, R73)',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Intercept',
    value:
      'refundapply.replyRefund {id, status 6, checkUserName, remark, outWareStatus 1}, under the oldest after-sale that wants the parcel back; the others are not agreed (R74). The waybill goes into the remark',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Which parcels can be stopped',
    value:
      'INFERRED: 青龙 is JD’s own network, so only parcels of `interceptCarriers` (default jd) are sent; others would be refunded and delivered all the same',
    confidence: 'not documented',
    source: OURS,
  },
  {
    fact: 'Answer',
    value:
      'replyResult.success true is the only yes; with a code of a failure beside it, or neither true nor false, the outcome is open; false is a refusal we cannot explain, until `meanings` says more',
    confidence: 'second-hand',
    source: `${CLIENTS}; codes: ${NONE}`,
  },
  {
    fact: 'Result',
    value:
      'refundapply.queryById: 7 青龙拦截成功 stopped, 8 青龙拦截失败 failed, 6 pending, 0 no order; any other status leaves it open, because a review may move on after 6',
    confidence: 'second-hand',
    source: `jos.jd.com api id=925 in two clients; what 0 and the others mean: ${OURS}`,
  },
  {
    fact: 'Repeating',
    value: 'no request id, no known answer to a second review: never sent again by itself, a lost answer is asked for',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'An order of several parcels',
    value: 'one review stands for all of them; what a second one gets is unknown and is shown to a person',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Taking it back, track, pushes',
    value: 'none is known: a withdrawn refund goes to a person (R80)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Refund and return after a stop',
    value: 'the refund follows by itself 2 to 3 days later, large goods up to 15 (R51); 7 is not "refunded" (R54)',
    confidence: 'second-hand',
    source: 'business rules R50 to R54',
  },
  {
    fact: 'Fee, limits, time-outs',
    value: 'unknown: the tariff holds; 10 a second; we wait 10 s for an answer',
    confidence: 'not documented',
    source: NONE,
  },
];
