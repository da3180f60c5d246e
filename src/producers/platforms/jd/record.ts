import type { DatedFacts } from '../../../domain/aftersale/after-sale.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { chinaTimeAt, codeAt, type Fields, fenAt, fieldsAt, idAt, isFields, msAt, stated, textAt } from '../fields.js';
import { statusOf } from './codes.js';

const REFUND_ID = /^[1-9]\d{0,19}$/;

/** Can JD have given this id to an application? */
export function isRefundId(id: string): boolean {
  return REFUND_ID.test(id);
}

/** A moment of a record, ms since 1970. Its form is documented for requests only: a number is taken for unix ms. */
export function momentAt(record: Fields, key: string): number | undefined {
  const value = record[key];
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
  return isNumber ? msAt(record, key) : chinaTimeAt(record, key);
}

/** One refundapply: the list shows it as it is, `queryById` inside `refundApplyVo`; both are read wherever they come. */
export function recordIn(value: unknown): Fields {
  const record = fieldsAt(value, 'a record');
  return isFields(record.refundApplyVo) ? record.refundApplyVo : record;
}

/** When it last changed: `modified`, else the later of its review and its application. Throws UnreadableEvent. */
export function changedAtMs(record: Fields): number {
  const modified = momentAt(record, 'modified');
  if (modified !== undefined) return modified;
  const moments = [momentAt(record, 'checkTime'), momentAt(record, 'applyTime')].filter((ms) => ms !== undefined);
  if (moments.length === 0) throw new UnreadableEvent('a record has no time');
  return Math.max(...moments);
}

/** What a record says of itself. Shipped or not, and so the type, is for the order to say. Throws UnreadableEvent. */
export function refundUpdate(record: Fields): DatedFacts {
  return {
    atMs: changedAtMs(record),
    facts: stated({
      orderId: idAt(record, 'orderId'),
      status: statusOf(codeAt(record, 'status')),
      refundAmountFen: fenAt(record, 'applyRefundSum'),
      reason: textAt(record, 'reason'),
      appliedAtMs: momentAt(record, 'applyTime'),
    }),
  };
}
