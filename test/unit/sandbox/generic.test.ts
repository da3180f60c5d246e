import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { type Received, type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import { GENERIC_SECRET, genericRefund, startGeneric } from './running-generic.js';
import { http, type Json, type TwinUnderTest } from './running-twins.js';

const ID = 'AS-20261128-0001';

let twin: TwinUnderTest;
let shop: ScriptedServer;
beforeEach(async () => {
  [twin, shop] = await Promise.all([startGeneric({ timeScale: 0.001 }), scriptedServer()]);
  shop.answer({ body: '{"status":"stored"}' });
  await twin.control('POST', '/refunds', [genericRefund(ID, { deadlineAfterMs: 86_400_000 })]);
});
afterEach(() => Promise.all([twin.close(), shop.close()]));

const emit = (events: readonly Json[], more: Json = {}) =>
  twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events, ratePerSecond: 1000, ...more });
const messages = async () => (await twin.summary()).messages as Json;
/** Verified by the library of the specification, which the twin does not use. */
const opened = ({ body, headers }: Received) =>
  new Webhook(GENERIC_SECRET).verify(body, headers as Record<string, string>) as Json;

describe('the messages', () => {
  it('are signed after Standard Webhooks and hold the whole refund', async () => {
    await emit([{ refundId: ID }]);
    await until(async () => (await messages()).acknowledged === 1, { what: 'the message' });
    const [request] = shop.received();
    expect(request && opened(request)).toEqual({
      type: 'after_sale',
      afterSaleId: ID,
      orderId: `SO-${ID}`,
      status: 'open',
      refundType: 'refund_only',
      refundAmountFen: 8900,
      paidAmountFen: 8900,
      appliedAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
      reason: '不想要了',
      deadlineAt: expect.stringMatching(/Z$/),
      parcels: [{ carrier: 'zto', carrierName: '中通', waybillNo: '73100130019486' }],
    });
  });

  it('tell every change under an id of its own', async () => {
    await emit([
      { refundId: ID },
      { refundId: ID, event: 'agreed', afterMs: 1 },
      { refundId: ID, event: 'paid', afterMs: 2 },
    ]);
    await until(async () => (await messages()).acknowledged === 3, { what: 'three messages' });
    expect(new Set(shop.received().map(({ headers }) => headers['webhook-id'])).size).toBe(3);
    expect(
      shop
        .received()
        .map((one) => opened(one).status)
        .sort(),
    ).toEqual(['agreed', 'open', 'paid']);
  });

  it('come again until 2xx, the same bytes, eight times at most', async () => {
    shop.answer({ status: 503, body: '' });
    await emit([{ refundId: ID }]);
    await until(async () => (await messages()).givenUp === 1, { what: 'giving up' });
    expect(shop.received()).toHaveLength(8);
    expect(new Set(shop.received().map(({ body, headers }) => body + headers['webhook-signature'])).size).toBe(1);
  });

  it('carry two signatures while a secret is changed, and a wrong one on command', async () => {
    await twin.control('POST', '/config', { rotating: true });
    await emit([{ refundId: ID }]);
    await until(() => shop.received().length === 1, { what: 'the message' });
    expect(shop.received()[0]?.headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
    expect(() => shop.received().map(opened)).not.toThrow();
    await emit([{ refundId: ID, event: 'paid' }], { sign: 'wrong' });
    await until(() => shop.received().length === 2, { what: 'the wrong one' });
    expect(() => shop.received().map(opened)).toThrow('No matching signature');
  });

  it('come from a clock that is off, on command', async () => {
    await twin.control('POST', '/config', { clockOffMs: -600_000 });
    await emit([{ refundId: ID }]);
    await until(() => shop.received().length === 1, { what: 'the message' });
    expect(() => shop.received().map(opened)).toThrow('too old');
  });
});

describe('everything else', () => {
  it('is not there: nothing can be asked of this system', async () => {
    expect((await http('GET', `${twin.baseUrl}/anything`, {})).status).toBe(404);
    expect(await twin.summary()).toMatchObject({ refunds: 1, calls: 1, badRequest: 1 });
  });
});
