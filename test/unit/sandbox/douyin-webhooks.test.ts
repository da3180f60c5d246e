import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import { afterSale, DOUYIN_KEYS, type Json, startDouyin, type TwinUnderTest } from './running-twins.js';

const ID = '7000893114000949517';
const OK = { body: '{"code":0,"msg":"success"}' };

let douyin: TwinUnderTest;
let shop: ScriptedServer;
beforeEach(async () => {
  [douyin, shop] = await Promise.all([startDouyin({ timeScale: 0.01 }), scriptedServer()]);
  shop.answer(OK);
  await douyin.control('POST', '/after-sales', [afterSale(ID)]);
});
afterEach(() => Promise.all([douyin.close(), shop.close()]));

const push = (more: Json = {}) =>
  douyin.control('POST', '/push', { afterSaleId: ID, targetUrl: shop.baseUrl, ...more });
const counts = async () => (await douyin.summary()).pushes as Record<string, number>;
/** Pushes and returns the request as it arrived. */
async function arrived(more: Json = {}) {
  const before = shop.received().length;
  await push(more);
  await until(() => shop.received().length > before, { what: 'the webhook' });
  const request = shop.received().at(-1);
  if (request === undefined) throw new Error('nothing arrived');
  return request;
}

describe('a webhook is what the platform sends', () => {
  it('an array of one message whose data is a JSON text, signed with md5 over the raw body', async () => {
    const { headers, body } = await arrived();
    const { appKey, appSecret } = DOUYIN_KEYS;
    expect(headers['content-type']).toBe('application/json');
    expect(headers['app-id']).toBe(appKey);
    expect(headers['event-sign']).toBe(
      createHash('md5')
        .update(appKey + body + appSecret)
        .digest('hex'),
    );
    const [message] = JSON.parse(body);
    expect(message).toEqual({
      tag: '200',
      msg_id: expect.stringMatching(new RegExp(`^\\d{19}::200:\\d{10}:${ID}$`)),
      data: expect.any(String),
    });
    expect(message.data).toContain(`"aftersale_id":${ID},`);
    expect(JSON.parse(message.data)).toMatchObject({
      aftersale_status: 6,
      aftersale_type: 1,
      apply_time: expect.any(Number),
      refund_amount: 8900,
      refund_post_amount: 0,
      shop_id: 10437917,
      update_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
    });
  });

  it('the legacy shape has a numeric tag, msgId and an object', async () => {
    const { body } = await arrived({ shape: 'legacy' });
    expect(JSON.parse(body)).toEqual([
      { tag: 200, msgId: expect.any(String), data: expect.objectContaining({ aftersale_id: ID, refund_amount: 8900 }) },
    ]);
  });

  it('the other sign is HMAC, and a wrong one is neither', async () => {
    const { appKey, appSecret } = DOUYIN_KEYS;
    const hmac = await arrived({ sign: 'hmac' });
    const wanted = createHmac('sha256', appSecret)
      .update(appKey + hmac.body + appSecret)
      .digest('hex');
    const wrong = await arrived({ sign: 'wrong' });
    const right = createHash('md5')
      .update(appKey + wrong.body + appSecret)
      .digest('hex');
    expect(hmac.headers['event-sign']).toBe(wanted);
    expect(wrong.headers['event-sign']).toMatch(/^[0-9a-f]{32}$/);
    expect(wrong.headers['event-sign']).not.toBe(right);
  });

  it('the URL check has data that is no JSON', async () => {
    const { body } = await arrived({ tag: '0', afterSaleId: undefined });
    const [message] = JSON.parse(body);
    expect([message.tag, message.msg_id]).toEqual(['0', '0']);
    expect(message.data).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.52842897\+08:00$/);
  });

  it.each([
    ['200', 'apply_time', 6],
    ['201', 'agree_time', 12],
    ['202', 'agree_time', 7],
    ['203', 'return_time', 11],
    ['204', 'refuse_time', 27],
    ['206', 'success_time', 12],
    ['207', 'close_time', 28],
    ['208', 'modify_time', 6],
  ])('tag %s carries %s and status %s, and the detail agrees', async (tag, timeField, status) => {
    const { body } = await arrived({ tag });
    expect(JSON.parse(JSON.parse(body)[0].data)).toMatchObject({
      aftersale_status: status,
      [timeField]: expect.any(Number),
    });
    expect((await douyin.control('GET', `/after-sales/${ID}`)).json.status).toBe(status);
  });

  it.each([
    ['212', 1],
    ['213', 4],
    ['214', 1],
    ['215', 255],
    ['216', 2],
    ['217', 1],
  ])('arbitration tag %s has status %s, a text id and no amounts', async (tag, status) => {
    const { body } = await arrived({ tag });
    const data = JSON.parse(JSON.parse(body)[0].data);
    expect(data).toMatchObject({ arbitrate_id: expect.any(String), arbitrate_status: status });
    expect([data.refund_amount, data.update_time]).toEqual([undefined, undefined]);
  });

  it('with apply off the event tells what the after-sale is now', async () => {
    const { body } = await arrived({ tag: '207', apply: false });
    expect(JSON.parse(JSON.parse(body)[0].data).aftersale_status).toBe(6);
  });

  it.each([{ tag: '999' }, { afterSaleId: undefined }, { targetUrl: 'file:///etc' }, { sign: 'none' }])(
    'a push nobody understands is refused: %j',
    async (more) => {
      expect((await push(more)).status).toBe(400);
    },
  );
});

describe('a webhook is sent until it is acknowledged', () => {
  it('again on another code, an HTTP error, garbage and silence, always the same bytes', async () => {
    const answers = [
      { body: '{"code":1}' },
      { ...OK, status: 503 },
      { body: 'success' },
      { fault: 'silence' } as const,
      OK,
    ];
    let asked = 0;
    shop.answer(() => answers[Math.min(asked++, 4)] ?? OK);
    await push({ ackTimeoutMs: 100 });
    await until(async () => (await counts()).acknowledged === 1, { what: 'the acknowledgement' });
    expect(await counts()).toEqual({ started: 1, acknowledged: 1, givenUp: 0, attempts: 5 });
    expect(new Set(shop.received().map(({ body }) => body)).size).toBe(1);
    const pushes = (await douyin.control('GET', '/pushes')).json.pushes as Json[];
    expect(pushes[0]).toMatchObject({
      tags: ['200'],
      afterSaleIds: [ID],
      firstSentAt: expect.any(Number),
      ackedAt: expect.any(Number),
      attempts: [{ status: 200 }, { status: 503 }, { status: 200 }, { error: 'timeout' }, { status: 200 }],
    });
  });

  it('not more often than a limit says', async () => {
    shop.answer({ body: '{"code":1}' });
    await push({ retry: { maxAttempts: 3 } });
    await until(async () => (await counts()).givenUp === 1, { what: 'giving up' });
    expect(shop.received().length).toBe(3);
    expect((await douyin.control('GET', '/pushes?unacknowledged=1')).json.pushes).toHaveLength(1);
  });

  it('count sends the same event several times', async () => {
    await push({ count: 3 });
    await until(async () => (await counts()).acknowledged === 3, { what: 'three deliveries' });
    expect(new Set(shop.received().map(({ body }) => body)).size).toBe(1);
    expect((await douyin.summary()).events).toBe(1);
  });
});

describe('a storm', () => {
  const ids = Array.from({ length: 100 }, (_, i) => `70008931140009${String(i).padStart(5, '0')}`);
  const emit = (more: Json) =>
    douyin.control('POST', '/emit', { targetUrl: shop.baseUrl, ratePerSecond: 1000, ...more });
  const done = (emitId = 1) =>
    until(async () => (await douyin.control('GET', `/emit/${emitId}`)).json.done, { what: 'the storm' });
  const messages = () => shop.received().flatMap(({ body }): Json[] => JSON.parse(body));
  const about = (message: Json) => /"aftersale_id":(\d+)/.exec(String(message.data))?.[1];

  beforeEach(async () => {
    await douyin.control(
      'POST',
      '/after-sales',
      ids.map((id) => afterSale(id)),
    );
  });

  it('sends every after-sale once, in order, at the asked rate', async () => {
    const started = Date.now();
    const { json } = await emit({ afterSaleIds: ids, ratePerSecond: 400 });
    await done();
    expect(json).toEqual({ emitId: 1, events: 100, deliveries: 100 });
    expect(Date.now() - started).toBeGreaterThanOrEqual(245);
    const pushes = (await douyin.control('GET', '/pushes')).json.pushes as { afterSaleIds: string[] }[];
    expect(pushes.flatMap(({ afterSaleIds }) => afterSaleIds)).toEqual(ids);
    expect(new Set(messages().map(about))).toEqual(new Set(ids));
  });

  it('duplicates are the same bytes again, reordering changes the order, nothing is lost', async () => {
    await emit({ afterSaleIds: ids, duplicates: 0.3, reorder: 0.3, reorderMs: 5000 });
    await done();
    const pushes = (await douyin.control('GET', '/pushes')).json.pushes as {
      afterSaleIds: string[];
      eventIds: string[];
    }[];
    const order = [...new Set(pushes.flatMap(({ afterSaleIds }) => afterSaleIds))];
    expect(pushes.length).toBeGreaterThan(110);
    expect(new Set(pushes.flatMap(({ eventIds }) => eventIds)).size).toBe(100);
    expect(new Set(shop.received().map(({ body }) => body)).size).toBe(100);
    expect(order).not.toEqual(ids);
    expect(new Set(order)).toEqual(new Set(ids));
  });

  it('several events share a body if asked', async () => {
    const { json } = await emit({ afterSaleIds: ids, batch: 10 });
    await done();
    expect(json.deliveries).toBe(10);
    expect(new Set(messages().map(about))).toEqual(new Set(ids));
  });

  it('a later event of an after-sale comes after its first one and tells the new status', async () => {
    const [first = ''] = ids;
    await emit({
      events: [...ids.map((afterSaleId) => ({ afterSaleId })), { afterSaleId: first, tag: '207', afterMs: 20_000 }],
    });
    await done();
    // In the order of sending: under way, messages of one moment may overtake each other.
    const pushes = (await douyin.control('GET', '/pushes')).json.pushes as { afterSaleIds: string[] }[];
    expect(pushes).toHaveLength(101);
    expect(pushes.at(-1)?.afterSaleIds).toEqual([first]);
    const last = messages().find(({ tag }) => tag === '207') ?? {};
    expect(about(last)).toBe(first);
    expect(JSON.parse(String(last.data)).aftersale_status).toBe(28);
  });

  it('an after-sale nobody made stops the storm before it starts', async () => {
    expect((await emit({ afterSaleIds: ['1'] })).status).toBe(404);
    expect((await emit({})).status).toBe(400);
    expect(shop.received()).toEqual([]);
  });
});
