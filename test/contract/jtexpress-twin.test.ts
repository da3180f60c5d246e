import { describe, expect, it } from '@jest/globals';
import type { CarrierPush, InterceptCommand } from '../../src/domain/carrier/port.js';
import { createSender, type Sender } from '../../src/workers/carriers/http.js';
import { jtexpress } from '../../src/workers/carriers/jtexpress/adapter.js';
import { commandOf } from '../support/command.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import { JTEXPRESS_API, JTEXPRESS_KEYS, startJtexpress } from '../unit/sandbox/running-jtexpress.js';
import { onTheRoad, type StartOptions, type TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { faultOf } from './carrier-harness.js';

const BILL = 'JT0000000000001';
const TOKEN = 'a-secret-of-ours-1';

/** An account that was told what the twin's own codes and words mean. */
const adapterWith = (more: object = {}) =>
  jtexpress.create(
    jtexpress.manifest.credentials.parse({
      ...JTEXPRESS_KEYS,
      callbacks: { verifiedBy: 'signature', results: { TWIN_STOPPED: 'stopped', TWIN_FAILED: 'failed' } },
      meanings: {
        TWIN_OUT: 'courier_too_late',
        TWIN_SIGN: 'credentials',
        TWIN_TOO_FAST: 'throttled',
        TWIN_NO_SCAN: 'not_yet',
        TWIN_EXISTS: 'duplicate',
      },
      ...more,
    }),
  );

const order = (waybillNo = BILL): InterceptCommand => commandOf({ waybillNo, carrier: 'jtexpress' });
const wayBack = {
  intercept: { outcome: 'success', afterMs: 2_000, returnScanAfterMs: 2_000, returnSignedAfterMs: 2_000 },
};

interface Rig {
  readonly twin: TwinUnderTest;
  readonly ctx: Sender;
  readonly receiver: ScriptedServer;
}

/** A twin that pushes everything, a sender to it, and somebody who takes its pushes at an address with a token. */
async function withTwin(options: StartOptions, run: (rig: Rig) => Promise<void>): Promise<void> {
  const [twin, receiver] = await Promise.all([startJtexpress(options), scriptedServer()]);
  const ctx = createSender({ baseUrl: twin.baseUrl, timeoutMs: 10_000, connections: 4 });
  try {
    const callbackUrl = `${receiver.baseUrl}/callbacks/jtexpress/main?token=${TOKEN}`;
    await twin.control('POST', '/config', { callbackUrl, pushTracks: 'all' });
    await run({ twin, ctx, receiver });
  } finally {
    await ctx.close();
    await Promise.all([twin.close(), receiver.close()]);
  }
}

/** What was pushed, as the intake of the product would see it: lower-case headers, the query apart. */
function pushesOf(receiver: ScriptedServer) {
  return receiver.received().map(({ body, headers, path }) => ({
    body: Buffer.from(body),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    query: Object.fromEntries(new URL(path, 'http://localhost').searchParams),
  }));
}

const saidBy = ({ sighting, status }: CarrierPush) => sighting?.phase ?? status?.kind;

describe('J&T: adapter and twin, written apart, understand each other', () => {
  it.each(['name', 'number'])(
    'an order is taken, and its way back is pushed and shown (scanType as %s)',
    (scanTypeAs) =>
      withTwin({ timeScale: 0.05 }, async ({ twin, ctx, receiver }) => {
        const adapter = adapterWith();
        await twin.control('POST', '/config', { scanTypeAs });
        await twin.control('POST', '/parcels', [onTheRoad(BILL, wayBack)]);
        receiver.answer({ status: adapter.ack('stored').status, body: adapter.ack('stored').body });
        expect((await adapter.create(order(), ctx)).kind).toBe('accepted');
        const acknowledged = async () => ((await twin.summary()).pushes as Record<string, number>).acknowledged;
        await until(async () => (await acknowledged()) === 3, { what: 'the result and the way back' });
        const pushes = pushesOf(receiver);
        expect(pushes.map((push) => adapter.verifyPush(push))).toEqual([true, true, true]);
        const byToken = adapterWith({ callbacks: { verifiedBy: 'token', token: TOKEN } });
        expect(pushes.every((push) => byToken.verifyPush(push))).toBe(true);
        const unset = adapterWith({ callbacks: {} });
        expect(pushes.some((push) => unset.verifyPush(push))).toBe(false);
        const said = pushes.flatMap((push) => adapter.readPush(push)).map(saidBy);
        // Pushes may overtake each other on the way.
        expect(said.toSorted()).toEqual(['delivered', 'returning', 'stopped']);
        const track = await adapter.track(order(), ctx);
        expect(track.kind === 'found' && track.sightings.map(({ phase }) => phase)).toEqual([
          'picked_up',
          'moving',
          'returning',
          'delivered',
        ]);
        expect(await twin.summary()).toMatchObject({ accepted: 1, badSignature: 0, badRequest: 0, returned: 1 });
      }),
  );

  it('an order whose answer was lost is unknown, and its track shows that it stands', () =>
    withTwin({ timeScale: 0.05 }, async ({ twin, ctx }) => {
      const adapter = adapterWith();
      await twin.control('POST', '/parcels', [onTheRoad(BILL, wayBack)]);
      await twin.control('POST', '/faults', { endpoint: JTEXPRESS_API.create, kind: 'act_then_reset', times: 1 });
      expect((await faultOf(adapter.create(order(), ctx))).kind).toBe('outcome_unknown');
      const phases = async () => {
        const track = await adapter.track(order(), ctx);
        return track.kind === 'found' ? track.sightings.map(({ phase }) => phase) : [];
      };
      await until(async () => (await phases()).includes('returning'), { what: 'the return scan' });
      expect(await twin.summary()).toMatchObject({ accepted: 1, duplicateAccepts: 0 });
    }));

  it('a refusal, a repeat, nothing yet, a wrong key and too many calls are each told apart', () =>
    withTwin({}, async ({ twin, ctx }) => {
      const adapter = adapterWith();
      const outForDelivery = { timeline: [{ action: 'DISPATCH', afterMs: -1_000 }] };
      const never = { intercept: { outcome: 'never' } };
      await twin.control('POST', '/parcels', [
        onTheRoad('JT1', never),
        { waybillNo: 'JT2', ...outForDelivery },
        { waybillNo: 'JT3' },
      ]);
      await twin.control('POST', '/config', { refuseSecondIntercept: true });
      expect((await adapter.create(order('JT1'), ctx)).kind).toBe('accepted');
      expect((await adapter.create(order('JT1'), ctx)).kind).toBe('duplicate');
      expect(await adapter.create(order('JT2'), ctx)).toMatchObject({
        refusal: 'courier_too_late',
        rawCode: 'TWIN_OUT',
      });
      expect((await adapter.create(order('JT3'), ctx)).kind).toBe('not_yet');
      expect(await adapter.create(order('JT4'), ctx)).toMatchObject({ refusal: 'courier_unknown_waybill' });
      expect(await adapter.track(order('JT3'), ctx)).toEqual({ kind: 'empty' });
      expect((await faultOf(adapter.track(order('JT4'), ctx))).kind).toBe('bad_request');
      const wrong = adapterWith({ privateKey: 'wrong' });
      for (const verb of ['create', 'track'] as const) {
        expect((await faultOf(wrong[verb](order('JT1'), ctx))).kind).toBe('credentials');
      }
      expect((await faultOf(adapter.cancel(order('JT1'), ctx))).kind).toBe('bad_request');
      await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      await adapter.create(order('JT2'), ctx);
      expect((await faultOf(adapter.create(order('JT2'), ctx))).kind).toBe('throttled');
    }));

  it('an account of the test system, whose orders name the customer, is served with uuid and business digest', () =>
    withTwin(
      { own: { uuid: 'u-1', 'customer-code': 'J0000000001', 'customer-password': 'TestPwd1' } },
      async ({ twin, ctx }) => {
        await twin.control('POST', '/parcels', [onTheRoad(BILL, wayBack)]);
        const customer = { code: 'J0000000001', password: 'TestPwd1' };
        const right = adapterWith({ uuid: 'u-1', customer, reason: '退款拦截' });
        const wrong = adapterWith({ uuid: 'u-1', customer: { ...customer, password: 'TestPwd2' } });
        expect((await faultOf(wrong.create(order(), ctx))).kind).toBe('credentials');
        expect((await right.create(order(), ctx)).kind).toBe('accepted');
        expect((await right.track(order(), ctx)).kind).toBe('found');
        expect(await adapterWith().create(order(), ctx)).toMatchObject({ refusal: 'courier_unknown_code' });
      },
    ));
});
