import type { DatedFacts } from '../../../domain/aftersale/after-sale.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { chinaTimeAt, codeAt, type Fields, idAt, isFields, msAt, stated, textAt, yuanAt } from '../fields.js';
import { arbitrationOf, isShipped, statusOf, typeOf } from './codes.js';

/** What we ask of a refund, in a list and alone. No names, no addresses. */
export const LIST_FIELDS = [
  'refund_id',
  'tid',
  'oid',
  'status',
  'dispute_type',
  'order_status',
  'good_status',
  'refund_fee',
  'total_fee',
  'reason',
  'created',
  'modified',
  'refund_phase',
  'refund_version',
] as const;
export const DETAIL_FIELDS = [...LIST_FIELDS, 'cs_status', 'refund_remind_timeout'] as const;

/** The platform's own clock, where it says that there is one. */
function deadlineMs(record: Fields): number | undefined {
  const clock = record.refund_remind_timeout;
  const exists = isFields(clock) && (clock.exist_timeout === true || clock.exist_timeout === 'true');
  return exists ? chinaTimeAt(clock, 'timeout') : undefined;
}

/** When the refund changed last; its version is a time too ("退款版本号（时间戳）"), which stands in where `modified` is left out. */
function changedAtMs(record: Fields): number {
  const atMs = chinaTimeAt(record, 'modified') ?? msAt(record, 'refund_version');
  if (atMs === undefined) throw new UnreadableEvent('modified is missing');
  return atMs;
}

/**
 * The facts of one refund of `taobao.refund.get` or `taobao.refunds.receive.get`. Amounts are yuan as text.
 * `hasWaybill`: a forward parcel of it is known, which tells shipped where the order's own status does not.
 * `total_fee` (交易总金额) counts as what the buyer paid: the platform writes `payment = total_fee - refund_fee`.
 */
export function refundFacts(record: Fields, hasWaybill: boolean | undefined): DatedFacts {
  const disputeType = textAt(record, 'dispute_type');
  const shipped = isShipped(textAt(record, 'order_status')) ?? (hasWaybill ? true : undefined);
  return {
    atMs: changedAtMs(record),
    facts: stated({
      orderId: idAt(record, 'tid'),
      type: typeOf(disputeType, shipped),
      status: statusOf(textAt(record, 'status'), disputeType),
      refundAmountFen: yuanAt(record, 'refund_fee'),
      paidAmountFen: yuanAt(record, 'total_fee'),
      arbitration: arbitrationOf(codeAt(record, 'cs_status')),
      reason: textAt(record, 'reason'),
      platformDeadlineMs: deadlineMs(record),
      appliedAtMs: chinaTimeAt(record, 'created'),
      version: idAt(record, 'refund_version'),
    }),
  };
}
