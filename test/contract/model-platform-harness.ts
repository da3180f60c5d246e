import { createHash } from 'node:crypto';
import type { RawWebhook } from '../../src/domain/platform/port.js';
import type { Reply } from '../support/scripted-server.js';
import { modelPlatform } from './model-platform.js';
import type { PlatformHarness, Shown, Told } from './platform-harness.js';

const SECRET = 'model-secret-demo';
const SHOP = '10437917';
const STATUS = { open: 1, refused: 2, paid: 3, closed: 4 };
const TYPES: Readonly<Record<string, number>> = { refund_only: 1, return_refund: 2, refund_before_shipment: 3 };

const sign = (text: string): string => createHash('sha256').update(text).update(SECRET).digest('hex');
const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });

function record({ afterSaleId, orderId, status, refundFen, atMs }: Told) {
  return { id: afterSaleId, order: orderId, status: STATUS[status], fen: refundFen, at: atMs };
}

function detail(shown: Shown, amounts = {}): Reply {
  const parcels = shown.parcels.map(({ word, waybillNo }) => ({ company: word, waybill: waybillNo }));
  const refund = { ...record(shown), type: TYPES[shown.type], paid: shown.paidFen, parcels, ...amounts };
  return json({ code: 0, refund });
}

const message = (told: Told): string => JSON.stringify({ topic: 'refund', refund: record(told) });

function signed(text: string, headers = {}): RawWebhook {
  return { body: Buffer.from(text), headers: { 'x-sign': sign(text), ...headers }, query: {} };
}

function isAnswer(frame: string | Uint8Array, kind: string, messageId: string): boolean {
  const { kind: said, id } = JSON.parse(String(frame));
  return said === kind && id === messageId;
}

export const modelHarness: PlatformHarness = {
  plugin: modelPlatform,
  credentials: { key: 'model-key', secret: SECRET },
  secrets: [SECRET],
  platformShopId: SHOP,
  longId: '7000893114000949517',
  orderId: '4835804142146757001',
  states: { amount: true, status: ['open', 'refused', 'paid', 'closed'], moment: true },
  push: {
    genuine: (told) => signed(message(told)),
    forged: (told) => [signed(message(told), { 'x-sign': sign('another') }), signed(message(told), { 'x-sign': '' })],
    unreadable: [
      signed('{"topic":"refund","refund":{"id":"7000893114'),
      signed('{"refund":{"id":"7000893114000949517"}}'),
      signed('{"topic":"refund","refund":{"id":"七百万","order":"4835804142146757001"}}'),
    ],
    ignored: [signed('{"topic":"weather"}')],
    check: { query: { echo: 'hello', sign: sign('hello') }, answer: 'hello' },
  },
  socket: {
    ready: ['{"kind":"welcome"}'],
    message: (told, id) => JSON.stringify({ kind: 'message', id, shop: SHOP, content: message(told) }),
    nothing: ['{"kind":"beat"}'],
    broken: ['{"kind":"bye"}', '[]', 'x'],
    isConfirmation: (frame, messageId) => isAnswer(frame, 'ok', messageId),
    isRefusal: (frame, messageId) => isAnswer(frame, 'no', messageId),
  },
  poll: {
    window: (told, perPage) => (request) => {
      const { page } = JSON.parse(request.body);
      const records = told.slice((page - 1) * perPage, page * perPage).map(record);
      return json({ code: 0, total: told.length, records });
    },
    withUnreadable: (before, after) => () =>
      json({ code: 0, total: 3, records: [record(before), { id: '7000893114000949000', at: '十点' }, record(after)] }),
    broken: [json({ code: 0, total: 1 }), json({ code: 0, total: 1, records: {} }), json({ code: 9 })],
  },
  detail: {
    of: (shown) => () => detail(shown),
    withoutAmounts: (shown) => () => detail(shown, { fen: undefined, paid: undefined }),
    ofAnother: (shown, other) => () => detail({ ...shown, afterSaleId: other }),
    throttled: json({ code: 1 }),
    badCredentials: json({ code: 2 }),
    unavailable: json({ code: 3 }),
    broken: [json({ code: 0 }), json({ code: 0, refund: [] }), json({ code: 9 })],
    couriers: { 中通: 'zto', '85': 'yto' },
  },
};
