import type { DatedFacts } from '../../../domain/aftersale/after-sale.js';
import type { CallContext } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { type Fields, fenAt, fieldsAt, idAt, isFields, requiredIdAt, stated, textAt, timeAt } from '../fields.js';
import { answerOf } from './answers.js';
import { statusOf, typeOf } from './codes.js';
import type { WechatCredentials } from './manifest.js';
import { apiRequest } from './requests.js';

/** Unix seconds of the year 2000: a deadline above is an instant, one below is a number of seconds left. */
const EARLIEST_INSTANT_S = Date.UTC(2000, 0) / 1000;

/**
 * `deadline` as an instant, ms since 1970. WxJava quotes it as the seconds that are left; the reference only as seconds. No
 * store waits thirty years, so both readings can be told apart. Undefined where it is none of the two.
 */
function deadlineMs(order: Fields, nowMs: number): number | undefined {
  const { deadline } = order;
  const seconds = typeof deadline === 'string' ? Number(deadline) : deadline;
  if (typeof seconds !== 'number' || !Number.isSafeInteger(seconds) || seconds <= 0) return undefined;
  return (seconds >= EARLIEST_INSTANT_S ? seconds : Math.floor(nowMs / 1000) + seconds) * 1000;
}

/** What of an `after_sale_order` we read; the rest names the buyer, or decides nothing. */
export interface AfterSaleOrder {
  readonly after_sale_order_id: string;
  readonly order_id: string | undefined;
  readonly type: string | undefined;
  readonly status: string | undefined;
  readonly update_time: unknown;
  readonly create_time: unknown;
  readonly amount: unknown;
  readonly reason_text: unknown;
  readonly deadlineMs: number | undefined;
}

/** The order of an answer, reduced to what is read. Throws UnreadableEvent where it is about another after-sale. */
function keptOf(order: Fields, afterSaleId: string, nowMs: number): AfterSaleOrder {
  if (requiredIdAt(order, 'after_sale_order_id') !== afterSaleId) {
    throw new UnreadableEvent('the answer is about another after-sale');
  }
  return {
    after_sale_order_id: afterSaleId,
    order_id: idAt(order, 'order_id'),
    type: textAt(order, 'type'),
    status: textAt(order, 'status'),
    update_time: order.update_time,
    create_time: order.create_time,
    amount: isFields(order.refund_info) ? order.refund_info.amount : undefined,
    reason_text: order.reason_text,
    deadlineMs: deadlineMs(order, nowMs),
  };
}

/** What it says of the after-sale. The order beside it says the rest. Throws UnreadableEvent. */
export function updateOf(kept: Fields): DatedFacts {
  const [type, status] = [textAt(kept, 'type'), textAt(kept, 'status')];
  const atMs = timeAt(kept, 'update_time');
  if (atMs === undefined) throw new UnreadableEvent('update_time is missing');
  const { deadlineMs: clock } = kept;
  return {
    atMs,
    facts: stated({
      orderId: idAt(kept, 'order_id'),
      type: typeOf(type),
      status: statusOf(status, type),
      refundAmountFen: fenAt(kept, 'amount'),
      reason: textAt(kept, 'reason_text'),
      platformDeadlineMs: typeof clock === 'number' ? clock : undefined,
      appliedAtMs: timeAt(kept, 'create_time'),
    }),
  };
}

/** One after-sale as the platform shows it now, and the whole of it for who needs the goods. */
export async function readAfterSaleOrder(
  credentials: WechatCredentials,
  afterSaleId: string,
  ctx: CallContext,
  nowMs: number,
): Promise<{ readonly kept: AfterSaleOrder; readonly order: Fields }> {
  const asked = { after_sale_order_id: afterSaleId };
  const request = apiRequest(credentials.accessToken, '/channels/ec/aftersale/getaftersaleorder', asked);
  const answer = answerOf(await ctx.send(request), credentials);
  const order = fieldsAt(answer.after_sale_order, 'after_sale_order');
  return { kept: keptOf(order, afterSaleId, nowMs), order };
}
