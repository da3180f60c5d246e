import { Digits, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import type { Made, Occasion } from '../../refunds/door.js';
import type { KuaishouOptions } from './options.js';
import { encrypted } from './sign.js';
import { EVENT_TYPE, HANDLING_WAY, messageStatus } from './words.js';

/** Ids are bare numbers on this platform's wire. */
export function bare(id: string): WireValue {
  return /^(0|[1-9]\d*)$/.test(id) ? new Digits(id) : id;
}

/** One message about a refund as it is now, encrypted. Every change raises the version, so the id is unique. */
export function message({ refund, event, at, spec }: Occasion, options: KuaishouOptions): Made {
  const isFirst = event === 'created';
  const info = writeWireJson({
    orderId: bare(refund.orderId),
    refundId: bare(refund.refundId),
    handlingWay: HANDLING_WAY[refund.type],
    specialRefundType: 0,
    status: messageStatus(refund),
    ...(isFirst
      ? { createTime: refund.appliedAtMs }
      : { eventType: EVENT_TYPE[event], updateTime: refund.updatedAtMs }),
  });
  const eventId = `${isFirst ? 267 : 268}_${refund.refundId}_${refund.updatedAtMs}`;
  const text = writeWireJson({
    eventId,
    bizId: bare(refund.refundId),
    userId: bare(refund.shopId),
    openId: `open-${refund.shopId}`,
    appKey: options['app-key'],
    event: isFirst ? 'kwaishop_aftersales_addRefund' : 'kwaishop_aftersales_updateRefund',
    info,
    createTime: at,
    test: false,
  });
  const key = spec.sign === 'right' ? options['message-key'] : wrongKey(options['message-key']);
  return { eventId, body: encrypted(text, key), headers: { 'content-type': 'text/plain;charset=utf-8' } };
}

/** A key of the same length that is not the shop's. */
function wrongKey(messageKey: string): string {
  return Buffer.from(Buffer.from(messageKey, 'base64').map((byte) => byte ^ 0xff)).toString('base64');
}
