import type { Outcome } from '../../frame/twin.js';
import type { Decisions } from '../../refunds/decisions.js';
import type { RefundBook } from '../../refunds/refund.js';
import { answer, errorAnswer } from './gateway.js';
import type { Asked } from './reads.js';
import { bare } from './words.js';

export const AGREE = 'taobao.rp.refunds.agree';
/** 淘宝退款总金额不超过6000元. */
const MOST_FEN = 600_000;

/** `refund_id|amount|version` of one refund, and for Tmall its phase. */
function infosOf(form: URLSearchParams) {
  const match = /^(\d{1,19})\|(\d{1,12})\|(\d{1,19})(?:\|(onsale|aftersale))?$/.exec(form.get('refund_infos') ?? '');
  return match === null ? undefined : { refundId: match[1] ?? '', fen: Number(match[2]), version: match[3] };
}

/** The refund a call is about, read leniently. */
export function agreedId(form: URLSearchParams): string | undefined {
  return infosOf(form)?.refundId;
}

/** taobao.rp.refunds.agree: the exact amount and the present version, or nothing is done. */
export function agreeRefund(book: RefundBook, decisions: Decisions, { method, seller, form, call }: Asked): Outcome {
  const infos = infosOf(form);
  if (infos === undefined) return errorAnswer('noParam', call, { verdict: 'bad_request' });
  const { refundId, fen, version } = infos;
  const refund = book.get(refundId);
  const line = { waybillNo: refundId, requestId: refundId };
  if (refund?.shopId !== seller) return errorAnswer('noRefund', call, { ...line, verdict: 'refused' });
  if (version !== String(refund.updatedAtMs)) return errorAnswer('staleVersion', call, { ...line, verdict: 'refused' });
  const isExact = fen === refund.refundFen && fen <= MOST_FEN;
  const taken = isExact ? decisions.take(refund, 'agreed', call.at) : { ...line, verdict: 'refused' as const };
  const succ = taken.verdict === 'accepted';
  const content = {
    results: { refund_mapping_result: [{ refund_id: bare(refundId), succ, message: succ ? '' : '退款失败' }] },
    msg_code: succ ? 'OP_SUCC' : 'OP_FAILURE_UE',
    succ,
    message: succ ? '操作成功' : '退款金额或状态不符',
  };
  return answer(method, content, call, taken);
}
