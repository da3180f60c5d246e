import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { apiRouter } from '../../../src/dashboard/api/mount.js';
import { requestRoute } from '../../../src/dashboard/api/request-route.js';
import { ok, route } from '../../../src/dashboard/api/route.js';
import { INTERCEPT_REQUEST_ANSWER } from '../../../src/dashboard/api/schemas/intercept-request.js';
import { ALL_SCOPES } from '../../../src/domain/people/scopes.js';
import { REAL_BOOK } from '../../support/picture.js';
import { until } from '../../support/until.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';
import { rigSetup } from '../../support/web-setup.js';

let rig: WebRig;
let token: string;
let n = 0;
let body: Record<string, unknown>;
beforeAll(async () => {
  rig = await webRig();
  token = await rig.token(['intercepts:write']);
});
afterAll(() => rig.close());
beforeEach(() => {
  n += 1;
  body = {
    shopId: 'dy-main',
    afterSaleId: `7000893114000${n}`,
    orderId: `4835804142146${n}`,
    type: 'refund_only',
    refundAmountFen: 8900,
    paidAmountFen: 8900,
    parcels: [
      {
        carrier: 'zto',
        waybillNo: `7310013${String(n).padStart(7, '0')}`,
        declaredValueFen: 8900,
        pickedUpAt: new Date(Date.now() - 3_600_000).toISOString(),
      },
    ],
  };
});

function ask(what: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${rig.url}/api/v1/intercepts`, {
    method: 'POST',
    headers: { authorization: token, 'content-type': 'application/json', ...headers },
    body: typeof what === 'string' ? what : JSON.stringify(what),
  });
}

async function idsOf(answer: Response): Promise<string[]> {
  return INTERCEPT_REQUEST_ANSWER.parse(await answer.json()).intercepts.map((i) => i.id);
}

const count = async (table: 'intercept' | 'after_sale') =>
  (await rig.db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n ?? 0;

describe('asking for an intercept', () => {
  it('is answered 202 with the decision, and wakes who works on it', async () => {
    const before = rig.woken.decided;
    const answer = await ask(body);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({
      intercepts: [
        { id: expect.any(String), waybillNo: expect.stringMatching(/^7310013/), state: 'queued', reason: 'ready' },
      ],
    });
    expect(rig.woken.decided).toBe(before + 1);
  });

  it('again is 200 with the same ids', async () => {
    const first = await idsOf(await ask(body));
    const again = await ask(body);
    expect([again.status, await idsOf(again)]).toEqual([200, first]);
  });

  it('twenty times at once opens one intercept', async () => {
    const before = await count('intercept');
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(body)));
    const ids = new Set((await Promise.all(answers.map(idsOf))).flat());
    expect(ids.size).toBe(1);
    expect(await count('intercept')).toBe(before + 1);
    expect(answers.filter((a) => a.status === 202).length).toBeGreaterThanOrEqual(1);
  });

  it('without amounts is held as unknown, never taken for zero or full (R60)', async () => {
    const { refundAmountFen, paidAmountFen, ...rest } = body;
    const answer = await ask({ ...rest, paidAmountFen: null });
    expect(await answer.json()).toMatchObject({ intercepts: [{ state: 'held', reason: 'amount_unknown' }] });
  });

  it('with the freight of its amounts is full if all but the freight is asked back (R60)', async () => {
    const goods = { ...body, refundAmountFen: 8_300 };
    const part = await ask(goods);
    expect(await part.json()).toMatchObject({ intercepts: [{ state: 'skipped', reason: 'partial_refund' }] });
    const full = await ask({ ...goods, refundPostFen: 0, paidPostFen: 600 });
    expect(await full.json()).toMatchObject({ intercepts: [{ state: 'queued' }] });
    const wrong = await ask({ ...goods, refundPostFen: 0, paidPostFen: 8_901 });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('must be a part of paidAmountFen');
  });

  it.each([
    ['a shop that does not exist', 'nobody'],
    ['a disabled shop', 'dy-off'],
  ])('for %s is 404', async (_, shopId) => {
    expect((await ask({ ...body, shopId })).status).toBe(404);
  });

  it('for a shop outside the token’s is 404 and leaves nothing behind', async () => {
    const before = await count('after_sale');
    const other = await rig.token(['intercepts:write'], ['dy-two']);
    expect((await ask(body, { authorization: other })).status).toBe(404);
    expect(await count('after_sale')).toBe(before);
  });

  it('with wrong fields is 422 and lists each of them', async () => {
    const answer = await ask({ ...body, type: 'exchange', orderId: 12, surprise: true });
    expect(answer.status).toBe(422);
    const { errors } = (await answer.json()) as { errors: { field: string }[] };
    expect(errors.map((e) => e.field).sort()).toEqual(['orderId', 'surprise', 'type']);
  });

  it.each([
    ['broken JSON', '{"shopId": ', {}, 400, 'bad_json'],
    ['a JSON string', '"hello"', {}, 400, 'bad_json'],
    ['a list', '[]', {}, 422, 'invalid_fields'],
    ['nothing', '', {}, 422, 'invalid_fields'],
    [
      'a form',
      'shopId=dy-main',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    ['another charset', '{}', { 'content-type': 'application/json; charset=gbk' }, 415, 'unsupported_media_type'],
    ['compression', '{}', { 'content-encoding': 'gzip' }, 415, 'unsupported_media_type'],
    ['more than 1 MiB', JSON.stringify({ reason: 'x'.repeat(1024 * 1024) }), {}, 413, 'body_too_large'],
  ])('with %s is a problem with a stable code', async (_, text, headers, status, code) => {
    const answer = await ask(text, headers as Record<string, string>);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code, status }]);
  });
});

describe('Idempotency-Key', () => {
  const key = () => ({ 'idempotency-key': `key-${n}` });

  it('gives the first answer again, status included, and says that it is a repeat', async () => {
    const first = await ask(body, key());
    const again = await ask(body, key());
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await idsOf(again)).toEqual(await idsOf(first));
  });

  it('does not care for white space or the order of fields, since the request is the same', async () => {
    await ask(body, key());
    const turned = Object.fromEntries(Object.entries(body).reverse());
    expect((await ask(JSON.stringify(turned, null, 2), key())).status).toBe(202);
  });

  it('with another body is 409, and the other body is not carried out', async () => {
    await ask(body, key());
    const before = await count('after_sale');
    const answer = await ask({ ...body, afterSaleId: 'another' }, key());
    expect([answer.status, await answer.json()]).toMatchObject([409, { code: 'idempotency_key_reused' }]);
    expect(await count('after_sale')).toBe(before);
  });

  it('of one token is not another’s', async () => {
    await ask(body, key());
    const other = await rig.token(['intercepts:write']);
    expect((await ask({ ...body, afterSaleId: 'another-2' }, { ...key(), authorization: other })).status).toBe(202);
  });

  it('may be used again after a request that was refused, once it is mended', async () => {
    expect((await ask({ ...body, type: 'exchange' }, key())).status).toBe(422);
    expect((await ask(body, key())).status).toBe(202);
  });

  it('of ten requests at once gives ten times the same intercept', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(body, key())));
    expect(new Set((await Promise.all(answers.map(idsOf))).flat()).size).toBe(1);
  });

  it('left behind by a request that died is taken up again', async () => {
    const first = await ask(body, key());
    await rig.db.run("UPDATE idempotency_key SET status = 0, answer = '' WHERE idem_key = ?", [`key-${n}`]);
    const again = await ask(body, key());
    expect([again.status, await idsOf(again)]).toEqual([200, await idsOf(first)]);
  });

  it.each([
    ['too long', 'x'.repeat(192)],
    ['with spaces', 'a b'],
  ])('that is %s is 422', async (_, value) => {
    const answer = await ask(body, { 'idempotency-key': value });
    expect(await answer.json()).toMatchObject({
      code: 'invalid_fields',
      errors: [{ in: 'header', field: 'Idempotency-Key' }],
    });
  });
});

describe('too many requests', () => {
  /** The same router with a route that allows three a second. */
  async function limited(): Promise<{ url: string; close(): void }> {
    const few = route({
      method: 'post',
      path: '/few',
      scope: 'intercepts:write',
      summary: 'three a second',
      perSecond: 3,
      answers: {},
      handle: async () => ok({}),
    });
    const app = express();
    app.use((req, _res, next) => {
      const id = req.get('x-caller') ?? '';
      req.caller = { kind: 'token', id, actor: id, scopes: new Set(ALL_SCOPES), shops: null, again: async () => null };
      next();
    });
    const env = () => ({ settings: TWO_SHOPS, book: REAL_BOOK });
    const deps = {
      db: rig.db,
      settings: () => TWO_SHOPS,
      env,
      wake: () => undefined,
      now: () => new Date(),
      correctionLimitFen: 0,
    };
    const request = () => Promise.resolve({ created: false, intercepts: [] });
    const redis = { answers: async () => true, rebuild: async () => [] };
    const { setup } = rigSetup(rig.db, TWO_SHOPS);
    app.use(
      apiRouter([few], { ...deps, request, redis, setup, live: { open: () => null } }, (_req, _res, next) => next()),
    );
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/few`;
    return { url, close: () => void server.close().closeAllConnections() };
  }

  it('of one caller are 429 with Retry-After, while another goes on', async () => {
    const { url, close } = await limited();
    const post = (caller: string) => fetch(url, { method: 'POST', headers: { 'x-caller': caller } });
    try {
      const answers = await Promise.all(Array.from({ length: 8 }, () => post('greedy')));
      expect(answers.map((a) => a.status).sort()).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
      const refused = answers.find((a) => a.status === 429);
      expect(refused?.headers.get('retry-after')).toBe('1');
      expect(await refused?.json()).toMatchObject({ code: 'too_many_requests' });
      expect((await post('modest')).status).toBe(200);
      await until(async () => (await post('greedy')).status === 200, { what: 'the next second' });
    } finally {
      close();
    }
  });

  it('for intercepts begin at a thousand a second, as the contract promises', () => {
    expect(requestRoute.perSecond).toBe(1_000);
  });
});
