import type { Outcome } from '../../frame/twin.js';
import { readJsonObject, writeWireJson } from '../../frame/wire-json.js';
import type { Decisions } from '../../refunds/decisions.js';
import type { RefundBook } from '../../refunds/refund.js';
import { answer, errorAnswer } from './gateway.js';
import type { Asked } from './reads.js';
import { bare } from './words.js';

const FIELDS = ['after_sales_id', 'order_sn', 'operate_desc'];

/** The digits of the after-sale in `request`: a JavaScript number would lose some. */
export function agreedId(request: string): string | undefined {
  return /"after_sales_id":"?(\d{1,19})"?[,}]/.exec(request)?.[1];
}

/** pdd.refund.agree: `succ` says that the call worked, `message` whether the refund did. */
export function agreeRefund(book: RefundBook, decisions: Decisions, { method, mallId, form, call }: Asked): Outcome {
  const request = form.get('request') ?? '';
  const [id, fields] = [agreedId(request), readJsonObject(request)];
  const line = { waybillNo: id, facts: { method } };
  const isWhole =
    id !== undefined && fields !== undefined && Object.keys(fields).every((name) => FIELDS.includes(name));
  if (!isWhole || typeof fields?.order_sn !== 'string') return errorAnswer('badParam', call, line);
  const refund = book.get(id);
  if (refund?.shopId !== mallId || refund.orderId !== fields.order_sn) return errorAnswer('notOurs', call, line);
  const taken = decisions.take(refund, 'agreed', call.at);
  const done = taken.verdict === 'accepted';
  const result = {
    after_sales_id: bare(id),
    message: done ? '退款操作成功' : '售后单状态已变更，无法同意退款',
    order_sn: refund.orderId,
    succ: done,
  };
  const { status, headers } = answer({}, line);
  return { status, headers, body: writeWireJson({ response: { result } }), line: taken };
}
