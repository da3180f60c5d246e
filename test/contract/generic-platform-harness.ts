import { createHmac } from 'node:crypto';
import type { RawWebhook } from '../../src/domain/platform/port.js';
import { genericPlugin } from '../../src/producers/platforms/generic/adapter.js';
import type { PlatformHarness, Told } from './platform-harness.js';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
/** The clock of the adapter stands still, so that a message made once stays young. */
const NOW_S = 1_763_607_845;

function digest(id: string, timestamp: string, body: string, secret = SECRET): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function signed(body: string, id = 'msg_1', change: RawWebhook['headers'] = {}, timestamp = String(NOW_S)): RawWebhook {
  const signature = digest(id, timestamp, body);
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature, ...change };
  return { body: Buffer.from(body), headers, query: {} };
}

function message(
  { afterSaleId, orderId, status, refundFen, atMs }: Told,
  change: Record<string, unknown> = {},
): string {
  return JSON.stringify({
    type: 'after_sale',
    afterSaleId,
    orderId,
    status,
    refundType: 'refund_only',
    refundAmountFen: refundFen,
    paidAmountFen: 2_000_000,
    updatedAt: new Date(atMs).toISOString(),
    parcels: [{ carrier: 'zto', waybillNo: '73100130019486' }],
    ...change,
  });
}

const EXAMPLE: Told = { afterSaleId: 'AS-1', orderId: 'SO-1', status: 'open', refundFen: 8_900, atMs: NOW_S * 1_000 };
const genuine = (told: Told): RawWebhook =>
  signed(message(told), `msg_${told.afterSaleId}_${told.status}_${told.atMs}`);

export const genericHarness: PlatformHarness = {
  plugin: genericPlugin(() => NOW_S * 1_000),
  credentials: { secret: SECRET },
  secrets: [SECRET],
  platformShopId: '1',
  longId: '7000893114000949517',
  orderId: '4835804142146757001',
  states: { amount: true, status: ['open', 'refused', 'paid', 'closed'], moment: true },
  push: {
    genuine,
    forged: (told) => {
      const body = message(told);
      return [
        signed(body, 'msg_1', {
          'webhook-signature': digest('msg_1', String(NOW_S), body, 'whsec_AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH'),
        }),
        signed(body, 'msg_1', { 'webhook-signature': undefined }),
        signed(body, 'msg_1', { 'webhook-signature': digest('msg_1', String(NOW_S), body).slice(3) }),
        signed(body, 'msg_1', { 'webhook-id': 'msg_2' }),
        signed(body, 'msg_1', { 'webhook-id': undefined }),
        signed(body, 'msg_1', { 'webhook-timestamp': String(NOW_S + 1) }),
        signed(body, 'msg_1', {}, String(NOW_S - 301)),
        signed(body, 'msg_1', {}, String(NOW_S + 301)),
        { ...signed(body), body: Buffer.from(`${body} `) },
      ];
    },
    unreadable: [
      signed(message(EXAMPLE).slice(0, 60)),
      signed('[]'),
      signed('{"afterSaleId":"7000893114000949517"}'),
      signed(message(EXAMPLE, { afterSaleId: undefined })),
      signed(message(EXAMPLE, { afterSaleId: 12 })),
      signed(message(EXAMPLE, { refundAmountFen: '八十九元' })),
      signed(message(EXAMPLE, { 张三的电话: '13800138000' })),
      signed(message(EXAMPLE, { updatedAt: '2026-11-28 08:00:00' })),
    ],
    ignored: [signed('{"type":"order.paid","data":{}}')],
  },
};
