import type { CarrierFact } from '../../../domain/carrier/port.js';
import type { PlatformRefunds } from '../../../domain/platform/refund.js';
import { answerOfDecision, notTold } from '../decision.js';
import { successOf } from './answers.js';
import type { KuaishouCredentials } from './manifest.js';
import { apiRequest } from './requests.js';

/** 买家已申请仅退款，等待卖家同意: the only status that is agreed here, and 仅退款 as the way. */
const APPLIED = 10;
const MONEY_ONLY = 10;
const SOURCE =
  'two public SDKs that quote the official page open.seller.order.refund.approve (2023-11-01) and agree field by field';

/** What is known of agreeing at Kuaishou, and what is not. */
export const REFUND_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Agreeing a refund',
    value:
      'POST open.seller.order.refund.approve {refundId, refundAmount in fen, status (the present one), refundHandingWay 10}; the amount and the status stand for a version',
    confidence: 'second-hand',
    source: SOURCE,
  },
  {
    fact: 'Answer to an agreement',
    value: 'result 1 is a yes; a refusal whose code nobody explained is read back',
    confidence: 'second-hand',
    source: SOURCE,
  },
  {
    fact: 'Rejecting a refund (open.refund.reject), extending its clock',
    value: 'wants a reason of the refund’s own list and often pictures: a person does it',
    confidence: 'second-hand',
    source: SOURCE,
  },
];

export function kuaishouRefunds(credentials: KuaishouCredentials): PlatformRefunds {
  return {
    agree: async ({ afterSaleId, amountFen }, ctx, nowMs) => {
      if (!/^[1-9]\d{0,19}$/.test(afterSaleId)) throw notTold('the number of the after-sale');
      const param = `{"refundId":${afterSaleId},"refundAmount":${amountFen},"status":${APPLIED},"refundHandingWay":${MONEY_ONLY}}`;
      const response = await ctx.send(apiRequest(credentials, 'open.seller.order.refund.approve', param, nowMs));
      return answerOfDecision(() => {
        successOf(response, credentials);
        return { kind: 'done', rawCode: '1', rawText: '' };
      });
    },
  };
}
