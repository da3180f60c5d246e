import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierFact, CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import type { PlatformRefunds, RefundAnswer, RefundOrder, RejectCause } from '../../../domain/platform/refund.js';
import { answerOfDecision, notTold } from '../decision.js';
import { businessCode, josAnswer, josVerdict } from './answers.js';
import type { JdShopCredentials } from './credentials.js';
import { josRequest } from './gateway.js';
import { isRefundId } from './record.js';

const PASSED = 1;
const NOT_PASSED = 2;
/** 实际是否已出库: 1 已出库. There is a waybill, so it has left. */
const HAS_LEFT = 1;
/** 1 (支持拒收)商品已在配送途中无法取消, 2 已签收. */
const REJECT_TYPES = { on_its_way: 1, delivered: 2 } as const satisfies Record<RejectCause, number>;
const REMARKS = { agree: '同意退款', reject: '商品已在配送途中或已签收，无法取消' } as const;

const CLIENT = 'two public clients that agree, of open.jd.com apiId=923';

/** What is known of reviewing at JD, and what is not. */
export const REFUND_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Agreeing and rejecting a refund',
    value:
      'jingdong.pop.afs.soa.refundapply.replyRefund {id, status 1 审核通过 or 2 审核不通过, checkUserName, remark, outWareStatus 1}; it takes no amount and no version: the application is read anew just before',
    confidence: 'second-hand',
    source: CLIENT,
  },
  {
    fact: 'Reasons of a rejection',
    value: 'rejectType 1 (支持拒收)商品已在配送途中无法取消, 2 已签收; the others are a person’s to choose',
    confidence: 'second-hand',
    source: CLIENT,
  },
  {
    fact: 'After 通过并京东拦截 (channel jdpop)',
    value: 'that reply agrees the refund itself, so nothing is agreed again',
    confidence: 'second-hand',
    source: CLIENT,
  },
];

function readReply(response: CarrierResponse, credentials: JdShopCredentials): RefundAnswer {
  return answerOfDecision(() => {
    const answer = josAnswer(response, 'reply');
    if (answer.shape === 'said') {
      const code = businessCode(answer.result);
      if (!/^(0+|200)?$/.test(code)) throw new UnreadableEvent('replyResult says yes and a code of a failure');
      return { kind: 'done', rawCode: 'success true', rawText: answer.rawText };
    }
    const { rawCode, rawText, isGateways } = answer;
    // Of the gateway's failures a few are known to come before anybody acts; any other may come after.
    if (josVerdict(answer, 'write', credentials) === null && isGateways) {
      throw new CarrierFault('outcome_unknown', `JD answered ${rawCode || 'no code'}, which nobody explained`, {
        rawCode,
      });
    }
    return { kind: 'refused', rawCode, rawText };
  });
}

export function jdRefunds(credentials: JdShopCredentials): PlatformRefunds {
  const request = ({ afterSaleId }: RefundOrder, content: Readonly<Record<string, string | number>>, nowMs: number) => {
    if (!isRefundId(afterSaleId)) throw notTold('the number of the application');
    const { checkUserName } = credentials;
    return josRequest(
      credentials,
      'reply',
      { id: afterSaleId, checkUserName, outWareStatus: HAS_LEFT, ...content },
      nowMs,
    );
  };
  return {
    agree: async (order, ctx, nowMs) =>
      readReply(await ctx.send(request(order, { status: PASSED, remark: REMARKS.agree }, nowMs)), credentials),
    reject: async (order, cause, ctx, nowMs) => {
      const content = { status: NOT_PASSED, remark: REMARKS.reject, rejectType: REJECT_TYPES[cause] };
      return readReply(await ctx.send(request(order, content, nowMs)), credentials);
    },
  };
}
