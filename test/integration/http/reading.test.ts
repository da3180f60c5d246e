import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { pageSchema } from '../../../src/dashboard/api/paging.js';
import { AFTER_SALE } from '../../../src/dashboard/api/schemas/after-sale.js';
import { INTERCEPT, INTERCEPT_DETAIL } from '../../../src/dashboard/api/schemas/intercept.js';
import { LANE } from '../../../src/dashboard/api/schemas/lane.js';
import { LEDGER_ENTRY } from '../../../src/dashboard/api/schemas/ledger-entry.js';
import { STATS } from '../../../src/dashboard/api/schemas/stats.js';
import { recordAnswer } from '../../../src/domain/store/answer-store.js';
import { claimForSend } from '../../../src/domain/store/claim-store.js';
import { takeForRedis } from '../../../src/domain/store/dispatch-store.js';
import { findIntercept, move } from '../../../src/domain/store/intercept-store.js';
import { ensureLanes } from '../../../src/domain/store/lane-store.js';
import { type InterceptRequest, requestIntercepts } from '../../../src/domain/store/request-store.js';
import { REAL_BOOK } from '../../support/picture.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const LANE_ID = 'zto-zto-main';
const env = { settings: TWO_SHOPS, book: REAL_BOOK };
let rig: WebRig;
let all: string;
let mine: string;
let n = 0;

beforeAll(async () => {
  rig = await webRig();
  const scopes = ['intercepts:read', 'money:read', 'config:read'] as const;
  all = await rig.token(scopes);
  mine = await rig.token(scopes, ['dy-main']);
  await ensureLanes(rig.db, [{ carrier: 'zto', id: 'zto-main' }]);
});
afterAll(() => rig.close());

function aRequest(over: Partial<InterceptRequest> = {}): InterceptRequest {
  n += 1;
  const pickedUpAt = new Date(Date.now() - 3_600_000);
  return {
    shopId: 'dy-main',
    afterSaleId: `AS-${n}`,
    orderId: `ORDER-${n}`,
    type: 'refund_only',
    refundAmountFen: 8900,
    paidAmountFen: 8900,
    parcels: [{ carrier: 'zto', waybillNo: `W${String(n).padStart(8, '0')}`, declaredValueFen: 8900, pickedUpAt }],
    ...over,
  };
}

async function ask(request: InterceptRequest): Promise<string> {
  const shop = TWO_SHOPS.shops.get(request.shopId);
  if (!shop) throw new Error(`no shop ${request.shopId}`);
  const outcome = await requestIntercepts(rig.db, env, shop, request, 'token:erp', new Date());
  return outcome.intercepts[0]?.id ?? '';
}

async function get(path: string, authorization = all): Promise<{ status: number; body: unknown; text: string }> {
  const answer = await fetch(`${rig.url}/api/v1${path}`, { headers: { authorization } });
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text), text };
}

async function read<S extends z.ZodType>(schema: S, path: string, authorization = all): Promise<z.output<S>> {
  const { status, body } = await get(path, authorization);
  if (status !== 200) throw new Error(`${path} gave ${status}: ${JSON.stringify(body)}`);
  return schema.parse(body);
}

const INTERCEPTS = pageSchema(INTERCEPT);
const AFTER_SALES = pageSchema(AFTER_SALE);
const idsAt = async (path: string, as = all) =>
  (await read(INTERCEPTS, `/intercepts${path}`, as)).items.map((i) => i.id);

/** Sends the row as a worker would, and the courier stops the parcel. */
async function intercepted(id: string): Promise<void> {
  await takeForRedis(rig.db, { laneId: LANE_ID, queue: 'intercept', window: 1_000, perMs: null }, new Date());
  const found = await findIntercept(rig.db, id);
  const claim = await claimForSend(rig.db, { id, dispatch: found?.dispatch ?? 0 }, 60_000, new Date());
  if (!claim) throw new Error('not claimed');
  const record = { outcome: 'accepted', rawCode: 'SYS000', rawText: 'ok', httpStatus: 200, exchange: null } as const;
  const accepted = { record, step: { event: 'accept', reason: 'courier_accepted' }, changes: {} } as const;
  await recordAnswer(rig.db, claim, accepted, new Date());
  await rig.db.transaction(async (tx) => {
    const row = await findIntercept(tx, id);
    if (row) await move(tx, row, { event: 'stop', reason: 'courier_stopped', actor: 'courier' }, new Date());
  });
}

describe('the list of intercepts', () => {
  it('pages through everything exactly once while new ones arrive', async () => {
    const known = new Set<string>();
    for (let i = 0; i < 7; i += 1) known.add(await ask(aRequest()));
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: z.output<typeof INTERCEPTS> = await read(INTERCEPTS, `/intercepts?limit=2&cursor=${cursor}`);
      seen.push(...page.items.map((i) => i.id));
      cursor = page.nextCursor;
      await ask(aRequest());
    }
    expect(seen).toEqual([...known].sort().reverse());
  });

  it.each([
    ['waybill', (r: InterceptRequest) => r.parcels[0]?.waybillNo ?? ''],
    [
      'beginning of the waybill, in small letters',
      (r: InterceptRequest) => (r.parcels[0]?.waybillNo ?? '').toLowerCase(),
    ],
    ['order', (r: InterceptRequest) => r.orderId],
    ['after-sale', (r: InterceptRequest) => r.afterSaleId],
  ])('finds one by its %s', async (_, word) => {
    const request = aRequest({ orderId: `find-order-${n}-x`, afterSaleId: `find-as-${n}-x` });
    const id = await ask(request);
    expect(await idsAt(`?q=${encodeURIComponent(word(request))}`)).toEqual([id]);
  });

  it('finds one by its id', async () => {
    const id = await ask(aRequest());
    expect(await idsAt(`?q=${id.toUpperCase()}`)).toEqual([id]);
  });

  it.each([
    '%',
    '_',
    '\\',
    "'",
    '"',
    "' OR '1'='1",
    '%%%',
    '运单',
    '\u{1F4E6}',
    '1;DROP TABLE intercept',
    '\u202e',
    '{}',
    '[]',
  ])('takes %s for the characters they are', async (q) => {
    const { items } = await read(INTERCEPTS, `/intercepts?q=${encodeURIComponent(q)}`);
    expect(items).toEqual([]);
  });

  it('finds a number that really holds a wildcard, and not its neighbours', async () => {
    const id = await ask(aRequest({ orderId: '50%_off' }));
    await ask(aRequest({ orderId: '50XY_off' }));
    expect(await idsAt(`?q=${encodeURIComponent('50%_')}`)).toEqual([id]);
  });

  it('filters by state, courier, shop, reason and rule', async () => {
    const held = await ask(aRequest({ refundAmountFen: undefined }));
    const other = await ask(aRequest({ shopId: 'dy-two' }));
    expect(await idsAt('?state=held')).toContain(held);
    expect(await idsAt('?state=held')).not.toContain(other);
    expect(await idsAt('?reason=amount_unknown')).toEqual([held]);
    expect(await idsAt('?reason=R60')).toEqual([held]);
    expect(await idsAt('?shopId=dy-two')).toEqual([other]);
    expect(await idsAt('?carrier=zto&limit=1')).toHaveLength(1);
    expect(await idsAt('?carrier=yto')).toEqual([]);
  });

  it('takes a form with empty fields for no filter at all', async () => {
    expect(await idsAt('?q=&state=&carrier=&shopId=&reason=&since=&until=&limit=1')).toHaveLength(1);
  });

  it('narrows by time, the end excluded', async () => {
    const id = await ask(aRequest());
    const { createdAt } = await read(INTERCEPT_DETAIL, `/intercepts/${id}`);
    expect(await idsAt(`?since=${createdAt}`)).toContain(id);
    expect(await idsAt(`?until=${createdAt}`)).not.toContain(id);
    expect(await idsAt('?since=2030-01-01T00:00:00%2B08:00')).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=abc',
    'cursor=nonsense',
    'state=nowhere',
    'state=held&state=queued',
    'since=yesterday',
    'reason=a%20b',
    'shopId=UPPER',
    'sort=id',
    `q=${'x'.repeat(192)}`,
    'q=%00',
  ])('answers ?%s with 422 and the field', async (query) => {
    const { status, body } = await get(`/intercepts?${query}`);
    expect([status, body]).toMatchObject([422, { code: 'invalid_fields', errors: [{ in: 'query' }] }]);
  });

  it('shows a courier nobody mapped by the word it came with, and finds it by that word (R66)', async () => {
    const parcels = [{ carrier: '神秘快递', waybillNo: 'M1', declaredValueFen: 100 }];
    const id = await ask(aRequest({ parcels }));
    const { items } = await read(INTERCEPTS, `/intercepts?carrier=${encodeURIComponent('神秘快递')}`);
    expect(items).toMatchObject([
      { id, carrier: '神秘快递', state: 'skipped', rule: 'R17', reason: 'carrier_not_connected' },
    ]);
  });
});

describe('one intercept', () => {
  it('tells its whole story: findings, steps, calls, scans and the fee, once the courier has stopped it', async () => {
    const id = await ask(aRequest());
    await intercepted(id);
    const detail = await read(INTERCEPT_DETAIL, `/intercepts/${id}`);
    expect(detail).toMatchObject({
      state: 'intercepted',
      reason: 'courier_stopped',
      feeFen: 300,
      carrier: 'zto',
      rule: null,
    });
    expect(detail.transitions.map((t) => t.to)).toEqual(['queued', 'submitting', 'accepted', 'intercepted']);
    expect(detail.attempts).toMatchObject([{ kind: 'send', outcome: 'accepted', rawCode: 'SYS000' }]);
    expect(detail.sightings).toMatchObject([{ phase: 'picked_up' }]);
    expect(detail.fees).toMatchObject([{ kind: 'fee', amountFen: 300, verification: 'unverified' }]);
    expect(detail.tracking).toMatchObject({ lastResult: 'not_asked', lastSighting: { phase: 'picked_up' } });
  });

  it.each(['nothing', '0', '%', "' OR 1=1 -- ", '01kaq0000000000000000000aa', '运单', 'é', '\u0000'])(
    'called %j is 404',
    async (id) => {
      expect((await get(`/intercepts/${encodeURIComponent(id)}`)).status).toBe(404);
      expect((await get(`/after-sales/${encodeURIComponent(id)}`)).status).toBe(404);
    },
  );
});

describe('a token for one shop', () => {
  it('sees nothing of another: not in lists, not by id, not by search, not in sums', async () => {
    const request = aRequest({ shopId: 'dy-two', orderId: 'SECRET-ORDER', afterSaleId: 'SECRET-AS' });
    const id = await ask(request);
    await intercepted(id);
    expect(await idsAt('?limit=200', mine)).not.toContain(id);
    expect((await get(`/intercepts/${id}`, mine)).status).toBe(404);
    for (const q of ['SECRET-ORDER', 'SECRET-AS', request.parcels[0]?.waybillNo ?? '', id]) {
      expect(await idsAt(`?q=${q}`, mine)).toEqual([]);
    }
    expect(await idsAt('?shopId=dy-two', mine)).toEqual([]);
    const ledger = await read(pageSchema(LEDGER_ENTRY), `/ledger?interceptId=${id}`, mine);
    expect(ledger.items).toEqual([]);
    const afterSales = await read(AFTER_SALES, '/after-sales?q=SECRET-AS', all);
    expect(afterSales.items).toHaveLength(1);
    expect((await read(AFTER_SALES, '/after-sales?limit=200', mine)).items.map((a) => a.shopId)).not.toContain(
      'dy-two',
    );
    expect((await get(`/after-sales/${afterSales.items[0]?.id}`, mine)).status).toBe(404);
    const stats = await read(STATS, '/stats?shopId=dy-two', mine);
    expect(stats).toMatchObject({ decidedByState: {}, fees: { postedFen: 0 } });
  });

  it('sees a parcel that it shares with another shop, without the other’s numbers, and cannot search by them', async () => {
    const shared = aRequest();
    const id = await ask(shared);
    const joined = await ask(
      aRequest({ shopId: 'dy-two', orderId: 'THEIR-ORDER', afterSaleId: 'THEIR-AS', parcels: shared.parcels }),
    );
    expect(joined).toBe(id);
    const { text, body } = await get(`/intercepts/${id}`, mine);
    expect(body).toMatchObject({ orderIds: [shared.orderId], afterSaleIds: [shared.afterSaleId] });
    expect(text).not.toContain('THEIR-');
    expect(await idsAt('?q=THEIR-ORDER', mine)).toEqual([]);
    expect(await idsAt('?q=THEIR-ORDER', all)).toEqual([id]);
    const theirs = await rig.token(['intercepts:read'], ['dy-two']);
    expect((await get(`/intercepts/${id}`, theirs)).body).toMatchObject({ orderIds: ['THEIR-ORDER'] });
  });

  it('without any shop sees nothing at all', async () => {
    const none = await rig.token(['intercepts:read', 'money:read', 'config:read'], []);
    expect(await idsAt('', none)).toEqual([]);
    expect(await idsAt('?q=W0', none)).toEqual([]);
    expect((await read(AFTER_SALES, '/after-sales?q=AS', none)).items).toEqual([]);
    expect((await read(STATS, '/stats', none)).decidedByState).toEqual({});
  });
});

describe('after-sales', () => {
  it('say why no parcel was intercepted (R42), and stop saying so once one is', async () => {
    const parcels = [{ carrier: 'zto', waybillNo: 'HIGH1', declaredValueFen: 100_000, pickedUpAt: new Date() }];
    await ask(aRequest({ afterSaleId: 'WHY-1', parcels }));
    await ask(aRequest({ afterSaleId: 'WHY-2' }));
    const { items } = await read(AFTER_SALES, '/after-sales?q=WHY-');
    expect(items).toMatchObject([
      { afterSaleId: 'WHY-2', whyNot: null, parcels: [{ state: 'queued' }] },
      { afterSaleId: 'WHY-1', whyNot: { reason: 'value_too_high', rule: 'R14' }, parcels: [{ waybillNo: 'HIGH1' }] },
    ]);
    const one = await read(AFTER_SALE, `/after-sales/${items[0]?.id}`);
    expect(one).toMatchObject({ refundAmountFen: 8900, type: 'refund_only', status: 'open' });
  });

  it('are found by a whole waybill', async () => {
    const request = aRequest();
    await ask(request);
    const { items } = await read(AFTER_SALES, `/after-sales?q=${request.parcels[0]?.waybillNo}`);
    expect(items.map((a) => a.afterSaleId)).toEqual([request.afterSaleId]);
  });

  it.each(['%', "'", '\\', '_'])('take %s in a search for what it is', async (q) => {
    expect((await read(AFTER_SALES, `/after-sales?q=${encodeURIComponent(q)}`)).items).toEqual([]);
  });
});

describe('lanes', () => {
  it('count what waits and say when it will be sent and what comes too late at this rate', async () => {
    await rig.db.run('DELETE FROM transition');
    await rig.db.run("UPDATE intercept SET state = 'skipped' WHERE state NOT IN ('intercepted', 'returned')");
    for (let i = 0; i < 10; i += 1) await ask(aRequest());
    const soon = new Date(Date.now() + 220);
    await rig.db.run("UPDATE intercept SET deadline_at = ? WHERE state = 'queued'", [soon]);
    const { items } = await read(pageSchema(LANE), '/lanes');
    expect(items).toMatchObject([
      {
        id: LANE_ID,
        carrier: 'zto',
        accountId: 'zto-main',
        paused: false,
        breaker: 'closed',
        waiting: 10,
        inFlight: 0,
      },
    ]);
    const [lane] = items;
    // 20 a second is one every 50 ms: in 220 ms at most four of them leave.
    expect(lane?.tooLateCount).toBeGreaterThanOrEqual(6);
    expect(lane?.oldestDueAt).toBe(soon.toISOString());
    expect(Date.parse(lane?.emptyAt ?? '')).toBeGreaterThan(Date.now());
  });
});

describe('the ledger and the statistics', () => {
  it.each([
    '/ledger?carrier=运单',
    '/ledger?interceptId=é',
    '/stats?carrier=神',
    '/stats?shopId=神',
    '/ledger?kind=gift',
  ])('answer %s with 422', async (path) => {
    expect((await get(encodeURI(path))).status).toBe(422);
  });

  it('agree about fees, success and the value saved', async () => {
    const since = new Date().toISOString();
    const id = await ask(aRequest());
    await intercepted(id);
    const ledger = await read(pageSchema(LEDGER_ENTRY), `/ledger?interceptId=${id}`);
    expect(ledger.items).toMatchObject([
      { interceptId: id, kind: 'fee', amountFen: 300, currency: 'CNY', reversesId: null },
    ]);
    const stats = await read(STATS, `/stats?since=${since}&until=2090-01-01T00:00:00Z`);
    expect(stats).toMatchObject({
      decidedByState: { intercepted: 1 },
      successByCourier: [{ carrier: 'zto', asked: 1, succeeded: 1, share: 1 }],
      fees: { postedFen: 300, reversedFen: 0, dueFen: 300, elsewhereFen: 0 },
      valueSavedFen: 8900,
      timeToSendMs: { count: 1 },
    });
    expect(stats.timeToSendMs.p50).toBe(stats.timeToSendMs.p99);
  });

  it('count what was skipped by its rule', async () => {
    const since = new Date().toISOString();
    const parcels = [{ carrier: 'zto', waybillNo: 'HIGH2', declaredValueFen: 100_000, pickedUpAt: new Date() }];
    await ask(aRequest({ parcels }));
    expect(await read(STATS, `/stats?since=${since}&until=2090-01-01T00:00:00Z`)).toMatchObject({
      skippedByRule: { R14: 1 },
    });
  });

  it('count refunds whose goods are not back (R75)', async () => {
    const since = new Date().toISOString();
    const request = aRequest();
    await ask(request);
    await rig.db.run(
      `UPDATE after_sale SET facts = JSON_SET(facts, '$.status.value', 'paid') WHERE after_sale_id = ?`,
      [request.afterSaleId],
    );
    const stats = await read(STATS, `/stats?since=${since}&until=2090-01-01T00:00:00Z`);
    expect(stats.refundedGoodsNotBack).toEqual({ count: 1, amountFen: 8900 });
  });

  it('count each platform’s messages, told apart by shop', async () => {
    const at = new Date('2026-01-05T00:00:00Z');
    const event = (shop: string, id: string) => [`platform:douyin:${shop}`, id, '{}', at, at];
    await rig.db.run('INSERT INTO inbox (source, event_id, payload, due_at, received_at) VALUES ?', [
      [event('dy-main', '1'), event('dy-main', '2'), event('dy-two', '1'), ['courier:zto:zto-main', 'p', '', at, at]],
    ]);
    const period = 'since=2026-01-05T00:00:00Z&until=2026-01-06T00:00:00Z';
    expect((await read(STATS, `/stats?${period}`)).events).toBe(3);
    expect((await read(STATS, `/stats?${period}&shopId=dy-two`)).events).toBe(1);
    expect((await read(STATS, `/stats?${period}`, mine)).events).toBe(2);
  });
});
