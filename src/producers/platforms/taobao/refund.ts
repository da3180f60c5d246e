import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierFact, CarrierResponse } from '../../../domain/carrier/port.js';
import type { PlatformRefunds, RefundAnswer, RefundOrder } from '../../../domain/platform/refund.js';
import { notTold } from '../decision.js';
import { isFields } from '../fields.js';
import { answerList } from './answers.js';
import { answerOfWrite, isRefused } from './channel/answers.js';
import type { TaobaoCredentials } from './credentials.js';
import { gatewayRequest } from './top.js';

const AGREE = 'taobao.rp.refunds.agree';
const SDK = 'public generated SDKs of the platform (bububa/opentaobao model/tbrefund and others that agree), api 22465';

/** What is known of agreeing at Taobao, and what is not. */
export const REFUND_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Agreeing a refund',
    value:
      'taobao.rp.refunds.agree {refund_infos: refund_id|amount in fen|version|phase}; the phase is required of Tmall and left out for Taobao (refundPhase); one refund a call; sub-accounts only; at most 6000.00 yuan in all on Taobao',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Answer to an agreement',
    value:
      'succ true with msg_code OP_SUCC is a yes, OP_FAILURE_UE a no (a large amount wants a code from the seller’s phone, which is a person’s); anything else is read back',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Tmall’s review before an agreement (taobao.rp.refund.review)',
    value: 'not called: where the platform wants it first, the agreement is refused and a person agrees',
    confidence: 'second-hand',
    source: 'developer.alibaba.com/docs/doc.htm?articleId=102594 as cited by a seller’s notes',
  },
  {
    fact: 'Rejecting a refund (taobao.refund.refuse), extending its clock',
    value: 'wants a proof and a reason of the refund’s own list: a person does it',
    confidence: 'second-hand',
    source: SDK,
  },
];

const unknown = (why: string) => new CarrierFault('outcome_unknown', why);

/** Throws CarrierFault. */
function readAgree(response: CarrierResponse, { afterSaleId }: RefundOrder, keys: TaobaoCredentials): RefundAnswer {
  const answer = answerOfWrite(response, AGREE, keys);
  if (isRefused(answer)) return { kind: 'refused', rawCode: answer.rawCode, rawText: answer.rawText };
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '');
  const [rawCode, rawText] = [text(answer.msg_code), text(answer.message)];
  const others = answerList(answer, 'results', 'refund_mapping_result')
    .filter(isFields)
    .some(({ refund_id: id }) => String(id ?? afterSaleId) !== afterSaleId);
  if (others) throw unknown('the answer is about another refund');
  if (answer.succ === true && rawCode === 'OP_SUCC') return { kind: 'done', rawCode, rawText };
  if (answer.succ !== true && rawCode === 'OP_FAILURE_UE') return { kind: 'refused', rawCode, rawText };
  throw unknown('the answer is neither a yes nor a no');
}

export function taobaoRefunds(credentials: TaobaoCredentials): PlatformRefunds {
  return {
    agree: async (order, ctx, nowMs) => {
      const { afterSaleId, amountFen, version } = order;
      if (version === null) throw notTold('the version of the refund');
      const { refundPhase } = credentials;
      const parts = [afterSaleId, String(amountFen), version, ...(refundPhase === 'none' ? [] : [refundPhase])];
      const params = { refund_infos: parts.join('|') };
      return readAgree(
        await ctx.send(gatewayRequest(credentials, { method: AGREE, params }, 'write', nowMs)),
        order,
        credentials,
      );
    },
  };
}
