import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import {
  compiledSandbox,
  removeCompiledSandbox,
  startTwinProcess,
  type TwinProcess,
} from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import {
  afterSale,
  callZto,
  controlsOf,
  createFields,
  DOUYIN_KEYS,
  type Json,
  onTheRoad,
  ZTO_KEYS,
} from './running-twins.js';

const CREATE = 'thirdcenter.createIntercept';
const QUERY = 'thirdcenter.queryInterceptAndReturnStatus';

// Real processes: starting four of them on a busy machine takes longer than a unit test's limit.
jest.setTimeout(20_000);

let folder: string;
let ledgerFile: string;
const started: TwinProcess[] = [];
beforeAll(async () => {
  await compiledSandbox();
});
afterAll(() => removeCompiledSandbox());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-'));
  ledgerFile = join(folder, 'ledger.jsonl');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((twin) => twin.end('SIGKILL')));
  await rm(folder, { recursive: true, force: true });
});

async function startZto(...more: string[]): Promise<TwinProcess> {
  const { appKey, appSecret } = ZTO_KEYS;
  const args = ['--port', '0', '--ledger', ledgerFile, '--app-key', appKey, '--app-secret', appSecret, ...more];
  const twin = await startTwinProcess('couriers/zto', args);
  started.push(twin);
  return twin;
}

async function startDouyin(): Promise<TwinProcess> {
  const { appKey, appSecret, accessToken } = DOUYIN_KEYS;
  const keys = ['--app-key', appKey, '--app-secret', appSecret, '--access-token', accessToken];
  const twin = await startTwinProcess('platforms/douyin', ['--ledger', ledgerFile, '--time-scale', '0.05', ...keys]);
  started.push(twin);
  return twin;
}

describe('a courier that is killed remembers everything it has answered', () => {
  it('parcels, orders, switches, faults left and the way back survive kill -9', async () => {
    const first = await startZto();
    const { control } = controlsOf(first.baseUrl);
    const script = { outcome: 'success', afterMs: 0, returnScanAfterMs: 0 };
    await control('POST', '/parcels', [
      onTheRoad('73100000000001', { intercept: script }),
      onTheRoad('73100000000002'),
    ]);
    await control('POST', '/parcels/73100000000002/scan', { action: 'DISPATCH' });
    await control('POST', '/config', { forgetIdempotency: false, allowSecondIntercept: true });
    await control('POST', '/faults', { endpoint: QUERY, kind: 'http_error', times: 2 });
    const before = await callZto(first.baseUrl, CREATE, createFields('73100000000001'));
    await callZto(first.baseUrl, QUERY, { billCode: '73100000000001' });
    await first.end('SIGKILL');

    const second = await startZto();
    const again = await callZto(second.baseUrl, CREATE, createFields('73100000000001'));
    const hit = await callZto(second.baseUrl, QUERY, { billCode: '73100000000001' });
    const status = await callZto(second.baseUrl, QUERY, { billCode: '73100000000001' });
    const late = await callZto(second.baseUrl, CREATE, createFields('73100000000002'));
    const after = controlsOf(second.baseUrl);
    expect(again.json).toEqual(before.json);
    expect(hit.status).toBe(500);
    expect((status.json.data as Json).status).toBe('PACKAGE_DELIVERYING');
    expect(late.json.statusCode).toBe('E23120');
    expect((await after.control('GET', '/config')).json.allowSecondIntercept).toBe(true);
    expect(await after.summary()).toMatchObject({
      creates: 3,
      accepted: 1,
      repeated: 1,
      refused: 1,
      interceptedWaybills: 1,
    });
    expect((await after.ledger()).map(({ seq }) => seq)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  it('killed right after it accepted and before it answered, it still has the order', async () => {
    const first = await startZto();
    await controlsOf(first.baseUrl).control('POST', '/parcels', [onTheRoad('73100000000001')]);
    await controlsOf(first.baseUrl).control('POST', '/faults', { endpoint: CREATE, kind: 'act_then_hang' });
    const lost = callZto(first.baseUrl, CREATE, createFields('73100000000001')).catch(() => 'no answer');
    await until(async () => (await readFile(ledgerFile, 'utf8')).includes('"accepted"'), { what: 'the line on disk' });
    await first.end('SIGKILL');
    expect(await lost).toBe('no answer');
    const second = await startZto();
    const status = await callZto(second.baseUrl, QUERY, { billCode: '73100000000001' });
    expect(status.json.status).toBe(true);
  });

  it('a push nobody acknowledged goes on, one that was acknowledged does not', async () => {
    const receiver: ScriptedServer = await scriptedServer();
    receiver.answer(({ body }) => ({ body: JSON.stringify({ status: body.includes('ARRIVAL') }) }));
    const first = await startZto('--time-scale', '0.05');
    const { control, summary } = controlsOf(first.baseUrl);
    await control('POST', '/config', { callbackUrl: receiver.baseUrl, pushTracks: 'all' });
    await control('POST', '/parcels', [onTheRoad('73100000000001')]);
    for (const action of ['ARRIVAL', 'PROBLEM']) await control('POST', '/parcels/73100000000001/scan', { action });
    await until(async () => ((await summary()).pushes as Json).acknowledged === 1, { what: 'one acknowledged' });
    await first.end('SIGKILL');
    receiver.answer({ body: '{"status":true}' });
    const seen = receiver.received().length;
    const second = await startZto('--time-scale', '0.05');
    const pushes = async () => (await controlsOf(second.baseUrl).summary()).pushes as Json;
    await until(async () => (await pushes()).acknowledged === 2, { what: 'the other one' });
    const later = receiver.received().slice(seen);
    await receiver.close();
    expect(later.every(({ body }) => body.includes('PROBLEM'))).toBe(true);
    expect((await pushes()).started).toBe(2);
  });
});

describe('a platform that is killed in the middle of a storm', () => {
  it('sends the rest and what was not acknowledged, every event id once and under the same bytes', async () => {
    const receiver = await scriptedServer();
    let refused = 0;
    receiver.answer(() => (refused++ % 3 === 0 ? { status: 503, body: '' } : { body: '{"code":0,"msg":"success"}' }));
    const ids = Array.from({ length: 60 }, (_, i) => `70008931140009${String(i).padStart(5, '0')}`);
    const first = await startDouyin();
    const { control } = controlsOf(first.baseUrl);
    await control(
      'POST',
      '/after-sales',
      ids.map((id) => afterSale(id)),
    );
    await control('POST', '/emit', {
      targetUrl: receiver.baseUrl,
      afterSaleIds: ids,
      ratePerSecond: 100,
      reorder: 0.2,
    });
    await until(() => receiver.received().length > 20, { what: 'the storm under way' });
    await first.end('SIGKILL');

    const second = await startDouyin();
    const after = controlsOf(second.baseUrl);
    await until(async () => (await after.control('GET', '/emit/1')).json.done, { what: 'the end of the storm' });
    const bodies = new Map<string, Set<string>>();
    for (const { body } of receiver.received()) {
      const { msg_id: eventId } = JSON.parse(body)[0];
      bodies.set(eventId, (bodies.get(eventId) ?? new Set()).add(body));
    }
    await receiver.close();
    expect(bodies.size).toBe(60);
    expect([...bodies.values()].every((same) => same.size === 1)).toBe(true);
    expect(await after.summary()).toMatchObject({ events: 60, pushes: { started: 60, acknowledged: 60 } });
  });
});

describe('the process', () => {
  it('says on stdout where it listens and ends on SIGTERM with 0, even with a call hanging', async () => {
    const twin = await startZto();
    await controlsOf(twin.baseUrl).control('POST', '/faults', { endpoint: '*', kind: 'hang_before' });
    const hanging = callZto(twin.baseUrl, CREATE, {}).catch(() => 'cut');
    await until(async () => (await controlsOf(twin.baseUrl).ledger('?kind=call')).length === 1, {
      what: 'the hanging call',
    });
    expect(twin.pid).toBe(twin.child.pid);
    expect(await twin.end('SIGTERM')).toBe(0);
    expect(await hanging).toBe('cut');
  });

  it('ends with its parent if asked to, so that no twin is left behind', async () => {
    const twin = await startZto('--end-with-parent');
    twin.child.stdin.end();
    const [code] = await once(twin.child, 'exit');
    expect(code).toBe(0);
  });

  it('wrong options end with 2', async () => {
    await expect(startTwinProcess('couriers/zto', ['--port', '0'])).rejects.toThrow(
      'ended with 2: ✖ --ledger FILE is required',
    );
  });
});
