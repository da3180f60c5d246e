import type { CarrierFact, CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import type { PlatformRefunds, RefundAnswer, RefundOrder } from '../../../domain/platform/refund.js';
import { answerOfDecision, notTold } from '../decision.js';
import { type Fields, fieldsAt, isFields, textAt } from '../fields.js';
import { answerOfRead } from './answers.js';
import type { PinduoduoCredentials } from './credentials.js';
import { gatewayRequest } from './gateway.js';

const AGREE = 'pdd.refund.agree';
const SDK = 'github lywzx/pdd-node-sdk packages/pdd-origin-api, generated from the official document';

/** What is known of agreeing at Pinduoduo, and what is not. */
export const REFUND_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Agreeing a refund',
    value:
      'pdd.refund.agree {request: {after_sales_id, order_sn, operate_desc}}; it takes no amount and no version, so it is called only where detailAmountUnit lets the amount be read anew just before; else a person agrees',
    confidence: 'documented',
    source: `${SDK}; that the object travels as JSON text in the form: as the platform's other objects`,
  },
  {
    fact: 'Answer to an agreement',
    value:
      'response.result {succ (the call worked), message 退款操作成功 or why it failed}; both together are a yes, succ false is a no, anything else is read back',
    confidence: 'documented',
    source: `${SDK}; the root's name: not documented, three forms are read`,
  },
  {
    fact: 'Rejecting a refund, extending its clock',
    value: 'no interface in any copy of the documents: a person does it',
    confidence: 'not documented',
    source: 'searched for and not found',
  },
];

/** The result, wherever this answer keeps it. Throws UnreadableEvent. */
function resultOf(answer: Fields): Fields {
  const outer = [answer.response, answer.refund_agree_response, answer].find(isFields) ?? answer;
  return fieldsAt(outer.result, 'the result of the agreement');
}

function readAgree(response: CarrierResponse, { afterSaleId }: RefundOrder): RefundAnswer {
  return answerOfDecision(() => {
    const result = resultOf(answerOfRead(response, AGREE));
    const named = textAt(result, 'after_sales_id');
    if (named !== undefined && named !== afterSaleId)
      throw new UnreadableEvent('the answer is about another after-sale');
    const rawText = (textAt(result, 'message') ?? '').slice(0, 200);
    if (result.succ === true && rawText.includes('成功')) return { kind: 'done', rawCode: 'succ true', rawText };
    if (result.succ === false) return { kind: 'refused', rawCode: 'succ false', rawText };
    throw new UnreadableEvent('the agreement was neither done nor refused');
  });
}

/** The seller's agreement at Pinduoduo; undefined: its amount could not be read anew before. */
export function pinduoduoRefunds(credentials: PinduoduoCredentials): PlatformRefunds | undefined {
  if (credentials.detailAmountUnit === 'unknown') return undefined;
  return {
    agree: async (order, ctx, nowMs) => {
      if (order.orderId === null || !/^[1-9]\d{0,18}$/.test(order.afterSaleId)) throw notTold("the order's number");
      // Bare digits: the platform's ids are Longs.
      const request = `{"after_sales_id":${order.afterSaleId},"order_sn":${JSON.stringify(order.orderId)},"operate_desc":"同意退款"}`;
      return readAgree(await ctx.send(gatewayRequest(credentials, AGREE, { request }, nowMs, 'write')), order);
    },
  };
}
