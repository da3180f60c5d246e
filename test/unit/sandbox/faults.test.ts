import { setTimeout as later } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import {
  callZto,
  createFields,
  type HttpAnswer,
  type Json,
  onTheRoad,
  startZto,
  type TwinUnderTest,
} from './running-twins.js';

const CREATE = 'thirdcenter.createIntercept';
const BILL = '73100000000001';

let zto: TwinUnderTest;
beforeEach(async () => {
  zto = await startZto();
  await zto.control('POST', '/parcels', [onTheRoad(BILL, { intercept: { outcome: 'never' } })]);
});
afterEach(() => zto.close());

const fault = (spec: Json) => zto.control('POST', '/faults', { endpoint: CREATE, times: 1, ...spec });
const create = () => callZto(zto.baseUrl, CREATE, createFields(BILL));
/** The way a call ended: its HTTP answer, or how it broke. */
const ending = (call: Promise<HttpAnswer>): Promise<HttpAnswer | 'broken'> => call.catch(() => 'broken' as const);
const verdicts = async () => (await zto.ledger('?kind=call')).map((entry) => 'verdict' in entry && entry.verdict);

describe('faults that come before the twin acts leave no order behind', () => {
  it.each<[Json, number, string]>([
    [{ kind: 'http_error', status: 503, body: 'gone' }, 503, 'gone'],
    [{ kind: 'http_error' }, 500, 'upstream error'],
    [{ kind: 'answer', body: '{"status":true}' }, 200, '{"status":true}'],
    [{ kind: 'answer', bodyBase64: Buffer.from('<html>').toString('base64'), status: 502 }, 502, '<html>'],
  ])('%j', async (spec, status, text) => {
    await fault(spec);
    expect(await create()).toMatchObject({ status, text });
    expect(await verdicts()).toEqual(['not_acted']);
  });

  it('headers of an answer are sent, so that Retry-After can be tried', async () => {
    await fault({ kind: 'http_error', status: 302, headers: { location: '/elsewhere' } });
    const response = await fetch(`${zto.baseUrl}/${CREATE}`, { method: 'POST', redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/elsewhere']);
  });

  it('throttle answers in the words of the courier', async () => {
    await fault({ kind: 'throttle' });
    expect((await create()).json.statusCode).toBe('S221');
    expect(await verdicts()).toEqual(['throttled']);
  });

  it('reset_before breaks the connection', async () => {
    await fault({ kind: 'reset_before' });
    expect(await ending(create())).toBe('broken');
    expect(await verdicts()).toEqual(['not_acted']);
  });

  it('hang_before never answers', async () => {
    await fault({ kind: 'hang_before' });
    const call = ending(create());
    expect(await Promise.race([call, later(300, 'silence')])).toBe('silence');
    expect(await verdicts()).toEqual(['not_acted']);
  });
});

describe('faults after the twin acted leave an order that the caller does not know of', () => {
  it.each([['act_then_reset'], ['act_then_half_body']])('%s', async (kind) => {
    await fault({ kind });
    expect(await ending(create())).toBe('broken');
    expect(await verdicts()).toEqual(['accepted']);
    expect((await create()).json.status).toBe(true);
    expect(await verdicts()).toEqual(['accepted', 'repeated']);
  });

  it('act_then_hang: the line is on disk while the caller still waits', async () => {
    await fault({ kind: 'act_then_hang' });
    const call = ending(create());
    await until(async () => (await verdicts()).includes('accepted'), { what: 'the accepted order' });
    expect(await Promise.race([call, later(200, 'silence')])).toBe('silence');
  });

  it('garbage cannot be read as an answer', async () => {
    await fault({ kind: 'garbage' });
    expect(await create()).toMatchObject({ status: 200, text: '<html>upstream error' });
    expect(await verdicts()).toEqual(['accepted']);
  });

  it('slow acts at once and answers late', async () => {
    await fault({ kind: 'slow', delayMs: 1000 });
    let answered = false;
    const call = create().then((answer) => {
      answered = true;
      return answer;
    });
    await until(async () => (await verdicts()).includes('accepted'), { what: 'the accepted order' });
    expect(answered).toBe(false);
    expect((await call).json.status).toBe(true);
  });

  it('act_late acts after the caller may have given up', async () => {
    await fault({ kind: 'act_late', delayMs: 1000 });
    const call = ending(create());
    expect(await Promise.race([call, later(100, 'silence')])).toBe('silence');
    expect(await verdicts()).toEqual([]);
    await until(async () => (await verdicts()).includes('accepted'), { what: 'the late order' });
    await call;
  });

  it('drip sends the right answer byte by byte', async () => {
    await fault({ kind: 'drip', delayMs: 1 });
    expect((await create()).json.status).toBe(true);
  });

  it('huge sends as many bytes as asked', async () => {
    await fault({ kind: 'huge', bytes: 3_000_000 });
    expect((await create()).text.length).toBe(3_000_000);
  });
});

describe('which call a fault hits', () => {
  it('only the named waybill, as often as told, and it can be listed and removed', async () => {
    await fault({ kind: 'http_error', waybillNo: 'other', times: 2 });
    expect((await create()).status).toBe(200);
    const other = () => callZto(zto.baseUrl, CREATE, createFields('other'));
    expect([(await other()).status, (await other()).status, (await other()).status]).toEqual([500, 500, 200]);
    const list = (await zto.control('GET', '/faults')).json.faults as Json[];
    expect(list).toEqual([expect.objectContaining({ id: 1, kind: 'http_error', left: 0, fired: 2 })]);
    expect((await zto.control('DELETE', '/faults')).json).toEqual({ removed: 1 });
  });

  it('a star is every endpoint; a fault without a count stays', async () => {
    await zto.control('POST', '/faults', { endpoint: '*', kind: 'http_error' });
    for (let i = 0; i < 3; i += 1) expect((await create()).status).toBe(500);
    expect((await callZto(zto.baseUrl, 'any.other', {})).status).toBe(500);
  });

  it('a share is hit, from the seed', async () => {
    await zto.control('POST', '/faults', { endpoint: CREATE, kind: 'http_error', probability: 0.5 });
    const statuses: number[] = [];
    for (let i = 0; i < 40; i += 1) statuses.push((await create()).status);
    const hit = statuses.filter((status) => status === 500).length;
    expect(hit).toBeGreaterThan(8);
    expect(hit).toBeLessThan(32);
  });

  it.each([{ kind: 'explode' }, { kind: 'slow', delayMs: 'long' }, { kind: 'slow', surprise: 1 }, []])(
    'a fault nobody understands is refused: %j',
    async (spec) => {
      const answer = await zto.control('POST', '/faults', Array.isArray(spec) ? spec : { endpoint: '*', ...spec });
      expect([answer.status, typeof answer.json.error]).toEqual([400, 'string']);
    },
  );
});
