import type { CallContext, CarrierFact } from '../../../domain/carrier/port.js';
import type { PlatformRefunds, RefundAnswer } from '../../../domain/platform/refund.js';
import { answerOfDecision } from '../decision.js';
import { answerOf, refusalIn } from './answers.js';
import type { WechatCredentials } from './manifest.js';
import { apiRequest, type Endpoint } from './requests.js';

const ACCEPT = '/channels/ec/aftersale/acceptapply';
const REJECT = '/channels/ec/aftersale/rejectapply';
const REJECT_TEXT = '商品已发出，无法拦截';
const DOCS = 'developers.weixin.qq.com/doc/channels/API/aftersale as copied by public clients';

/** What is known of agreeing and rejecting at WeChat Store, and what is not. */
export const REFUND_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Agreeing a refund',
    value:
      'POST acceptapply {after_sale_order_id}: for REFUND it pays at once; it takes no amount and no version: the after-sale is read anew just before; at most once a minute for one order',
    confidence: 'documented',
    source: DOCS,
  },
  {
    fact: 'Answer to an agreement',
    value:
      'errcode 0 is a yes; 10020000, 10020001, 10021041, 10021043, 10021045, 10021046, 10021050 are a no, 10021044 and 10021059 too many; anything else is read back',
    confidence: 'documented',
    source: DOCS,
  },
  {
    fact: 'Rejecting a refund',
    value:
      'rejectapply {after_sale_order_id, reject_reason, reject_reason_type}; one copy says GET, the others POST, which is sent; the type is set as rejectReasonType, without it a person rejects; some after-sales must be negotiated first (10021068)',
    confidence: 'second-hand',
    source: DOCS,
  },
  {
    fact: 'Silence of the seller',
    value: 'refunds: refund_reason 9 is 商家处理买家售后申请超时，平台自动同意退款',
    confidence: 'documented',
    source: DOCS,
  },
];

export function wechatRefunds(credentials: WechatCredentials): PlatformRefunds {
  const decide = async (
    endpoint: Endpoint,
    parameters: Readonly<Record<string, string | number>>,
    ctx: CallContext,
  ): Promise<RefundAnswer> => {
    const response = await ctx.send(apiRequest(credentials.accessToken, endpoint, parameters, 'write'));
    return answerOfDecision(() => {
      const refusal = refusalIn(response);
      if (refusal) return { kind: 'refused', ...refusal };
      answerOf(response, credentials);
      return { kind: 'done', rawCode: '0', rawText: '' };
    });
  };
  const { rejectReasonType } = credentials;
  return {
    agree: ({ afterSaleId }, ctx) => decide(ACCEPT, { after_sale_order_id: afterSaleId }, ctx),
    ...(rejectReasonType === undefined
      ? {}
      : {
          reject: ({ afterSaleId }, _cause, ctx) => {
            const reason = { reject_reason: REJECT_TEXT, reject_reason_type: rejectReasonType };
            return decide(REJECT, { after_sale_order_id: afterSaleId, ...reason }, ctx);
          },
        }),
  };
}
