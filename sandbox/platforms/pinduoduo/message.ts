import { writeWireJson } from '../../frame/wire-json.js';
import type { Made, Occasion } from '../../refunds/door.js';
import { bare, MESSAGE_TYPE, TYPE } from './words.js';

/** 消费者申请; what other events carry here is not known. */
const BY_THE_BUYER = 1000;

/**
 * What a frame says of a refund as it is now; its type is in the headers, without one nobody is told.
 * `eventId`: an int64.
 */
export function messageOf({ refund, event }: Occasion, eventId: string): Made {
  const body = writeWireJson({
    mall_id: bare(refund.shopId),
    refund_fee: refund.refundFen,
    bill_type: TYPE[refund.type],
    modified: refund.updatedAtMs,
    refund_id: bare(refund.refundId),
    operation: BY_THE_BUYER,
    tid: refund.orderId,
  });
  const type = MESSAGE_TYPE[event];
  return { eventId, body, headers: type === null ? {} : { type, mallId: refund.shopId } };
}
