import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { removeCompiledSandbox, startTwinProcess } from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import { callKuaidi100, interceptParam, KUAIDI100_KEYS, KUAIDI100_SALT, startKuaidi100 } from './running-kuaidi100.js';
import { controlsOf, type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';

const BILL = 'DPK000000000001';
const ACK = { body: '{"result":true,"returnCode":"200","message":"提交成功"}' };
const wayBack = { outcome: 'success', afterMs: 1_000, returnScanAfterMs: 1_000, returnSignedAfterMs: 1_000 };

let folder: string;
let receiver: ScriptedServer;
beforeEach(async () => {
  [folder, receiver] = await Promise.all([mkdtemp(join(tmpdir(), 'twin-')), scriptedServer()]);
  receiver.answer(ACK);
});
afterEach(() => Promise.all([rm(folder, { recursive: true, force: true }), receiver.close()]));

const begin = () => startKuaidi100({ ledgerFile: join(folder, 'ledger.jsonl'), timeScale: 0.02 });
const pushCounts = async (twin: TwinUnderTest) => (await twin.summary()).pushes as Record<string, number>;
/** What was told, in the order in which it happened: two that leave at once may arrive in either. */
const told = () =>
  receiver
    .received()
    .map(({ body }): Json => JSON.parse(new URLSearchParams(body).get('param') ?? ''))
    .sort((a, b) => Number(a.time) - Number(b.time));
const statuses = () => told().map(({ status }) => status);

/** Creates the parcel and orders it back, with results at the receiver. */
async function order(twin: TwinUnderTest, intercept: Json, more: Json = {}): Promise<void> {
  await twin.control('POST', '/parcels', [onTheRoad(BILL, { intercept })]);
  const param = interceptParam(BILL, { callbackUrl: receiver.baseUrl, ...more });
  expect((await callKuaidi100(twin.baseUrl, param)).json.code).toBe(200);
}

async function withTwin(run: (twin: TwinUnderTest) => Promise<void>): Promise<void> {
  const twin = await begin();
  await run(twin).finally(() => twin.close());
}

describe('the results of Kuaidi100 come by callback alone', () => {
  it('one for each state, signed with the salt of the order, naming the courier', () =>
    withTwin(async (twin) => {
      await order(twin, wayBack, { kuaidicom: 'ems' });
      await until(async () => (await pushCounts(twin)).acknowledged === 4, { what: 'four states' });
      expect(statuses()).toEqual(['TWIN_ACCEPTED', 'TWIN_STOPPED', 'TWIN_RETURNING', 'TWIN_RETURNED']);
      for (const { body, headers } of receiver.received()) {
        expect(headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
        const form = new URLSearchParams(body);
        const sign = createHash('md5')
          .update(`${form.get('param')}${KUAIDI100_SALT}`)
          .digest('hex');
        expect(form.get('sign')?.toLowerCase()).toBe(sign);
      }
      expect(told()[0]).toMatchObject({ kuaidicom: 'ems', kuaidinum: BILL, orderid: `order-${BILL}` });
      expect((await twin.control('GET', `/parcels/${BILL}`)).json.status).toBe('finished');
      expect(await twin.summary()).toMatchObject({ interceptedWaybills: 1, returned: 1, trackQueries: 0 });
    }));

  it.each([
    ['a failure', { outcome: 'fail', afterMs: 1_000 }, 'TWIN_FAILED'],
    ['a parcel that was delivered all the same', { outcome: 'missed', afterMs: 1_000 }, 'TWIN_FAILED'],
  ])('%s is told', (_what, intercept, last) =>
    withTwin(async (twin) => {
      await twin.control('POST', '/config', { pushPending: false });
      await order(twin, intercept);
      await until(async () => (await pushCounts(twin)).acknowledged === 1, { what: 'the failure' });
      expect(statuses()).toEqual([last]);
    }),
  );

  it('a lost one never leaves, and is in the ledger', () =>
    withTwin(async (twin) => {
      await twin.control('POST', '/config', { loseCallbacks: ['other', BILL], pushPending: false });
      await order(twin, { outcome: 'success', afterMs: 0 });
      await until(async () => (await twin.summary()).lostCallbacks === 1, { what: 'the loss' });
      expect(await twin.summary()).toMatchObject({ interceptedWaybills: 1, pushes: { started: 0 } });
      expect(await twin.ledger('?kind=state')).toMatchObject([{ subject: BILL, change: { lost: true } }]);
      expect(receiver.received()).toEqual([]);
    }));

  it('an order without an address has none; a switch sends them elsewhere, doubled if told so', () =>
    withTwin(async (twin) => {
      await order(twin, { outcome: 'success', afterMs: 0 }, { callbackUrl: undefined });
      expect(await pushCounts(twin)).toMatchObject({ started: 0 });
      await twin.control('POST', '/config', { callbackUrl: receiver.baseUrl, pushDuplicates: 1, pushPending: false });
      await until(async () => (await pushCounts(twin)).acknowledged === 2, { what: 'both copies' });
      expect(statuses()).toEqual(['TWIN_STOPPED', 'TWIN_STOPPED']);
    }));

  it('one that is not acknowledged is called again, and dropped after three failures', () =>
    withTwin(async (twin) => {
      const refusals = ['{"result":false,"returnCode":"500"}', '{"result":true,"returnCode":"500"}', 'ok'];
      let asked = 0;
      receiver.answer(() => ({ body: refusals[asked++] ?? '' }));
      await twin.control('POST', '/config', { callbackRetryMs: 100, pushPending: false });
      await order(twin, { outcome: 'success', afterMs: 0 });
      await until(async () => (await pushCounts(twin)).givenUp === 1, { what: 'the third failure' });
      expect(await pushCounts(twin)).toEqual({ started: 1, acknowledged: 0, givenUp: 1, attempts: 3 });
    }));

  it('after a restart orders, losses and what was told are known, and the rest is told', async () => {
    await withTwin(async (twin) => {
      await order(twin, { ...wayBack, returnScanAfterMs: 100_000, returnSignedAfterMs: 50_000 });
      await until(async () => (await pushCounts(twin)).acknowledged === 2, { what: 'the stop' });
      await twin.control('POST', '/config', { loseCallbacks: true });
    });
    await withTwin(async (twin) => {
      await until(async () => (await twin.summary()).lostCallbacks === 1, { what: 'a loss after the restart' });
      await twin.control('POST', '/config', { loseCallbacks: false });
      await until(async () => (await pushCounts(twin)).acknowledged === 3, { what: 'the return' });
    });
    await withTwin(async (twin) => {
      expect(await twin.summary()).toMatchObject({ accepted: 1, lostCallbacks: 1, pushes: { acknowledged: 3 } });
    });
    expect(statuses()).toEqual(['TWIN_ACCEPTED', 'TWIN_STOPPED', 'TWIN_RETURNED']);
  });
});

describe('as a program', () => {
  it('says where it listens, answers, and ends on SIGTERM with 0', async () => {
    const { key, secret } = KUAIDI100_KEYS;
    const keys = ['--app-key', key, '--app-secret', secret];
    try {
      const twin = await startTwinProcess('couriers/kuaidi100', ['--ledger', join(folder, 'own'), ...keys]);
      try {
        expect((await controlsOf(twin.baseUrl).control('GET', '')).json).toMatchObject({ twin: 'kuaidi100' });
        expect(await twin.end('SIGTERM')).toBe(0);
      } finally {
        twin.child.kill('SIGKILL');
      }
    } finally {
      await removeCompiledSandbox();
    }
  }, 20_000);
});
