import type { CarrierFact } from '../../../domain/carrier/port.js';
import type { PlatformRefunds, RefundAnswer } from '../../../domain/platform/refund.js';
import { answerOfDecision } from '../decision.js';
import { successOf } from './answers.js';
import type { XiaohongshuCredentials } from './manifest.js';
import { apiRequest } from './requests.js';

const METHOD = 'afterSale.auditReturns';
/** 同意直接退款; 拒绝. */
const AGREE = 1;
const REJECT = 3;
const REJECT_TEXT = '商品已发出，无法拦截';
const DOCS =
  'github AndersonBY/xiaohongshu-ecommerce-python-sdk, copies of the official pages of afterSale.auditReturns';

/** What is known of agreeing and rejecting at Xiaohongshu, and what is not. */
export const REFUND_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Agreeing and rejecting a refund',
    value:
      'afterSale.auditReturns {returnsId, action 1 同意直接退款 or 3 拒绝, reason, description}; it takes no amount and no version: the after-sale is read anew just before',
    confidence: 'documented',
    source: DOCS,
  },
  {
    fact: 'Reason of a rejection',
    value: 'a number of afterSale.rejectReasons, set as rejectReason; without it a person rejects',
    confidence: 'documented',
    source: DOCS,
  },
  {
    fact: 'Answer to a decision',
    value: 'success true is a yes; no codes are published, so a refusal that nobody explained is read back',
    confidence: 'documented',
    source: DOCS,
  },
];

export function xiaohongshuRefunds(credentials: XiaohongshuCredentials): PlatformRefunds {
  type Send = Parameters<PlatformRefunds['agree']>[1];
  const audit = async (
    parameters: Readonly<Record<string, string | number>>,
    ctx: Send,
    nowMs: number,
  ): Promise<RefundAnswer> => {
    const response = await ctx.send(apiRequest(credentials, METHOD, parameters, nowMs));
    return answerOfDecision(() => {
      successOf(response, credentials);
      return { kind: 'done', rawCode: '0', rawText: '' };
    });
  };
  const { rejectReason: reason } = credentials;
  return {
    agree: ({ afterSaleId }, ctx, nowMs) => audit({ returnsId: afterSaleId, action: AGREE }, ctx, nowMs),
    ...(reason === undefined
      ? {}
      : {
          reject: ({ afterSaleId }, _cause, ctx, nowMs) =>
            audit({ returnsId: afterSaleId, action: REJECT, reason, description: REJECT_TEXT }, ctx, nowMs),
        }),
  };
}
