import { describe, expect, it } from '@jest/globals';
import type { InterceptCommand, RawPush } from '../../src/domain/carrier/port.js';
import { createSender, type Sender } from '../../src/workers/carriers/http.js';
import { sto } from '../../src/workers/carriers/sto/adapter.js';
import { commandOf } from '../support/command.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import { STO_KEYS, startSto } from '../unit/sandbox/running-sto.js';
import { onTheRoad, type StartOptions, type TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { faultOf } from './carrier-harness.js';

const TOKEN = 'f3b0c44298fc1c149afb';
const BILL = '777031922725111';
const account = (more: object = {}) =>
  sto.create(
    sto.manifest.credentials.parse({
      ...STO_KEYS,
      meanings: {
        TWIN_OUT: 'courier_too_late',
        TWIN_NO_SCAN: 'not_yet',
        TWIN_EXISTS: 'duplicate',
        TWIN_SIGN: 'credentials',
        TWIN_TOO_FAST: 'throttled',
        TWIN_DONE: 'cancel_too_late',
      },
      ...more,
    }),
  );
const order = (waybillNo = BILL): InterceptCommand => commandOf({ waybillNo, carrier: 'sto' });

const wayBack = {
  intercept: { outcome: 'success', afterMs: 2_000, returnScanAfterMs: 2_000, returnSignedAfterMs: 2_000 },
};
const never = { intercept: { outcome: 'never' } };
const outForDelivery = { timeline: [{ action: 'DISPATCH', afterMs: -1_000 }] };

interface Rig {
  readonly twin: TwinUnderTest;
  readonly ctx: Sender;
  readonly receiver: ScriptedServer;
}

/** A twin that pushes everything, a sender to it, and somebody who takes its pushes. */
async function withSto(options: StartOptions, run: (rig: Rig) => Promise<void>): Promise<void> {
  const [twin, receiver] = await Promise.all([startSto(options), scriptedServer()]);
  const ctx = createSender({ baseUrl: twin.baseUrl, timeoutMs: 10_000, connections: 4 });
  try {
    await twin.control('POST', '/config', { callbackUrl: `${receiver.baseUrl}/?token=${TOKEN}`, pushTracks: 'all' });
    await run({ twin, ctx, receiver });
  } finally {
    await ctx.close();
    await Promise.all([twin.close(), receiver.close()]);
  }
}

const pushesOf = (receiver: ScriptedServer): readonly RawPush[] =>
  receiver.received().map(({ body, path }) => {
    const query = Object.fromEntries(new URL(path, 'http://here').searchParams);
    return { body: Buffer.from(body), headers: {}, query };
  });

describe('STO: adapter and twin, written apart, understand each other', () => {
  it.each(['form', 'json'])('an order is taken, its way back is pushed (%s) and shown', async (pushBody) => {
    await withSto({ timeScale: 0.05 }, async ({ twin, ctx, receiver }) => {
      const adapter = account({ pushToken: TOKEN });
      const { body, status } = adapter.ack('stored');
      receiver.answer({ body, status });
      await twin.control('POST', '/config', { pushBody, pushDuplicates: 1 });
      await twin.control('POST', '/parcels', [onTheRoad(BILL, wayBack)]);
      expect((await adapter.create(order(), ctx)).kind).toBe('accepted');
      const pushed = async () => (await twin.summary()).pushes as { acknowledged: number };
      await until(async () => (await pushed()).acknowledged === 4, { what: 'the way back, each scan twice' });
      const pushes = pushesOf(receiver);
      expect(pushes.map((push) => adapter.verifyPush(push))).toEqual([true, true, true, true]);
      const scans = pushes.flatMap((push) => adapter.readPush(push)).map(({ sighting }) => sighting);
      // A repeat is the same scan, which is what it is kept under.
      expect(new Set(scans.map((scan) => `${scan?.at.getTime()}/${scan?.phase}`)).size).toBe(2);
      expect(new Set(scans.map((scan) => scan?.phase))).toEqual(new Set(['returning', 'delivered']));
      const track = await adapter.track(order(), ctx);
      expect(track.kind === 'found' && track.sightings.map(({ phase }) => phase)).toEqual([
        'picked_up',
        'moving',
        'returning',
        'delivered',
      ]);
      expect(await twin.summary()).toMatchObject({ accepted: 1, returned: 1, badSignature: 0, badRequest: 0 });
    });
  });

  it('an order whose answer was lost is found by the track once the parcel turns round', async () => {
    await withSto({ timeScale: 0.05 }, async ({ twin, ctx, receiver }) => {
      receiver.answer({ body: '{"success":"true"}' });
      const adapter = account();
      await twin.control('POST', '/parcels', [onTheRoad(BILL, wayBack)]);
      await twin.control('POST', '/faults', { endpoint: '*', kind: 'act_then_reset', times: 1 });
      expect((await faultOf(adapter.create(order(), ctx))).kind).toBe('outcome_unknown');
      const phases = async () => {
        const track = await adapter.track(order(), ctx);
        return track.kind === 'found' ? track.sightings.map(({ phase }) => phase) : [];
      };
      await until(async () => (await phases()).includes('returning'), { what: 'a return scan in the track' });
      expect(await twin.summary()).toMatchObject({ creates: 1, accepted: 1, duplicateAccepts: 0 });
    });
  });

  it('needRetry after an order that was taken leaves the outcome open: sent again, it would be a second one', async () => {
    await withSto({}, async ({ twin, ctx }) => {
      await twin.control('POST', '/parcels', [onTheRoad(BILL, never), onTheRoad('2', { refuseWith: 'TWIN_BUSY' })]);
      const body = '{"success":"false","errorCode":"T1","errorMsg":"系统超时","needRetry":"true"}';
      await twin.control('POST', '/faults', { endpoint: '*', kind: 'garbage', body, times: 1 });
      expect((await faultOf(account().create(order(), ctx))).kind).toBe('outcome_unknown');
      expect(await twin.summary()).toMatchObject({ accepted: 1 });
      expect((await faultOf(account().create(order('2'), ctx))).kind).toBe('outcome_unknown');
      const told = account({ retryMeansNotDone: true });
      expect((await faultOf(told.create(order('2'), ctx))).kind).toBe('unavailable');
    });
  });

  it('a repeat, a cancel, an empty track, a refusal, a wrong key and too many calls are each told apart', async () => {
    await withSto({}, async ({ twin, ctx }) => {
      const adapter = account();
      await twin.control('POST', '/config', { refuseSecondIntercept: true });
      const parcels = [onTheRoad(BILL, never), { waybillNo: '2' }, { waybillNo: '3', ...outForDelivery }];
      const gone = onTheRoad('4', { intercept: { outcome: 'success', afterMs: 0 } });
      await twin.control('POST', '/parcels', [...parcels, gone]);
      expect((await adapter.create(order(), ctx)).kind).toBe('accepted');
      expect((await adapter.create(order(), ctx)).kind).toBe('duplicate');
      expect((await adapter.cancel(order(), ctx)).kind).toBe('cancelled');
      expect((await adapter.cancel(order(), ctx)).kind).toBe('not_allowed');
      expect((await adapter.create(order('4'), ctx)).kind).toBe('accepted');
      expect((await adapter.cancel(order('4'), ctx)).kind).toBe('too_late');
      expect((await adapter.create(order('2'), ctx)).kind).toBe('not_yet');
      expect(await adapter.track(order('2'), ctx)).toEqual({ kind: 'empty' });
      const late = { kind: 'refused', refusal: 'courier_too_late', rawCode: 'TWIN_OUT', rawText: '运单已派件' };
      expect(await adapter.create(order('3'), ctx)).toMatchObject(late);
      expect((await faultOf(account({ secretKey: 'wrong' }).create(order(), ctx))).kind).toBe('credentials');
      await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      await adapter.create(order('3'), ctx);
      expect((await faultOf(adapter.create(order('3'), ctx))).kind).toBe('throttled');
    });
  });

  it('answers in XML are understood as far as their form is known', async () => {
    await withSto({}, async ({ twin, ctx }) => {
      const adapter = account();
      await twin.control('POST', '/parcels', [onTheRoad(BILL, never), { waybillNo: '3', ...outForDelivery }]);
      await twin.control('POST', '/config', { answerAs: 'xml' });
      expect((await adapter.create(order(), ctx)).kind).toBe('accepted');
      expect(await adapter.create(order('3'), ctx)).toMatchObject({ kind: 'refused', rawCode: 'TWIN_OUT' });
      expect((await adapter.cancel(order(), ctx)).kind).toBe('cancelled');
    });
  });

  it('a waybill that the track does not name is a failed look, unless the account knows what that means', async () => {
    await withSto({}, async ({ twin, ctx }) => {
      await twin.control('POST', '/config', { emptyTrack: 'absent' });
      expect((await faultOf(account().track(order('9'), ctx))).kind).toBe('contract_broken');
      expect(await account({ noTraceWhenAbsent: true }).track(order('9'), ctx)).toEqual({ kind: 'empty' });
    });
  });
});
