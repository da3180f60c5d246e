import { createHmac } from 'node:crypto';

/** One signed message of a shop's own system: a full refund of one parcel that was picked up an hour ago. */
export function message(waybillNo: string, secret: string) {
  const now = Date.now();
  const body = JSON.stringify({
    type: 'after_sale',
    afterSaleId: `as-${waybillNo}`,
    orderId: `so-${waybillNo}`,
    status: 'open',
    refundType: 'refund_only',
    refundAmountFen: 8_900,
    paidAmountFen: 8_900,
    updatedAt: new Date(now).toISOString(),
    parcels: [{ carrier: 'zto', waybillNo, pickedUpAt: new Date(now - 3_600_000).toISOString() }],
  });
  const [id, timestamp] = [`msg-${waybillNo}`, String(Math.floor(now / 1_000))];
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  return { method: 'POST', body, headers };
}
