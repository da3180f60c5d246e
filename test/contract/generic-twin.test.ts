import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { genericPlugin } from '../../src/producers/platforms/generic/adapter.js';
import { eventsOf, webhookOf } from '../support/push-receiver.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import { GENERIC_SECRET, genericRefund, startGeneric } from '../unit/sandbox/running-generic.js';
import type { TwinUnderTest } from '../unit/sandbox/running-twins.js';

const ID = 'AS-20261128-0001';
const adapter = genericPlugin().create({ secret: GENERIC_SECRET });

let twin: TwinUnderTest;
let shop: ScriptedServer;
beforeEach(async () => {
  [twin, shop] = await Promise.all([startGeneric({ timeScale: 0.001 }), scriptedServer()]);
  shop.answer((request) => {
    const { status, body } = adapter.ack(adapter.verify(webhookOf(request)) ? 'stored' : 'bad_signature');
    return { status, body };
  });
  await twin.control('POST', '/refunds', [genericRefund(ID)]);
});
afterEach(() => Promise.all([twin.close(), shop.close()]));

const told = (what: 'acknowledged' | 'givenUp', count: number) =>
  until(async () => (await twin.control('GET', '/emit/1')).json[what] === count, { what });

describe('the adapter and the twin speak the same wire, though they share no code', () => {
  it.each([false, true])(
    'a day of one refund is pushed, verified, acknowledged and read (rotating: %s)',
    async (rotating) => {
      await twin.control('POST', '/config', { rotating });
      const events = ['created', 'refused', 'agreed', 'paid', 'closed'].map((event, at) => ({
        refundId: ID,
        event,
        ...(at ? { afterMs: at } : {}),
      }));
      await twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events });
      await told('acknowledged', 5);
      const read = shop.received().flatMap((request) => eventsOf(adapter, request));
      const whole = read.flatMap((event) => (event.kind === 'after_sale' ? [event] : []));
      whole.sort((a, b) => a.update.atMs - b.update.atMs);
      expect(whole.map(({ update }) => update.facts.status)).toEqual(['open', 'refused', 'agreed', 'paid', 'closed']);
      for (const event of whole) {
        expect(event).toMatchObject({
          afterSaleId: ID,
          update: { facts: { type: 'refund_only', refundAmountFen: 8900, paidAmountFen: 8900, orderId: `SO-${ID}` } },
          parcels: [{ rawCarrier: 'zto', rawCarrierName: '中通', waybillNo: '73100130019486', declaredValueFen: 8900 }],
        });
      }
    },
  );

  it.each([
    ['before_shipment', 'refund_before_shipment'],
    ['return_refund', 'return_refund'],
    ['exchange', 'other'],
  ])('a refund of type %s is read as %s', async (type, means) => {
    await twin.control('PATCH', `/refunds/${ID}`, { type });
    await twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events: [{ refundId: ID }] });
    await told('acknowledged', 1);
    const [event] = shop.received().flatMap((request) => eventsOf(adapter, request));
    expect(event).toMatchObject({ update: { facts: { type: means } } });
  });

  it.each([
    ['another secret', { sign: 'wrong' }, {}],
    ['a clock ten minutes slow', {}, { clockOffMs: -600_000 }],
    ['a clock ten minutes fast', {}, { clockOffMs: 600_000 }],
  ])('what comes from %s is turned away', async (_what, spec, config) => {
    await twin.control('POST', '/config', config);
    await twin.control('POST', '/emit', { targetUrl: shop.baseUrl, events: [{ refundId: ID }], ...spec });
    await told('givenUp', 1);
    expect(shop.received()).toHaveLength(8);
  });
});
