import { describe, expect, it } from '@jest/globals';
import type { CarrierAdapter, InterceptCommand, RawPush } from '../../src/domain/carrier/port.js';
import { createSender, type Sender } from '../../src/workers/carriers/http.js';
import { yto } from '../../src/workers/carriers/yto/adapter.js';
import { yunda } from '../../src/workers/carriers/yunda/adapter.js';
import { commandOf } from '../support/command.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import { onTheRoad, type TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { startYto, startYunda, YTO_KEYS, YTO_REPORT, YUNDA_KEYS } from '../unit/sandbox/running-yto-yunda.js';
import { faultOf } from './carrier-harness.js';

const YTO_ACCOUNT = yto.manifest.credentials.parse({ ...YTO_KEYS });
const YUNDA_ACCOUNT = yunda.manifest.credentials.parse({
  ...YUNDA_KEYS,
  enableIntercept: true,
  inteType: '1',
  tracksSubscribed: true,
  meanings: {
    TWIN_OUT: 'courier_too_late',
    TWIN_SIGN: 'credentials',
    TWIN_TOO_FAST: 'throttled',
    TWIN_NO_SCAN: 'not_yet',
  },
});

const order = (waybillNo: string): InterceptCommand => commandOf({ waybillNo, requestId: '1-1', bizNo: '1-1' });
const wayBack = {
  intercept: { outcome: 'success', afterMs: 2_000, returnScanAfterMs: 2_000, returnSignedAfterMs: 2_000 },
};
const outForDelivery = { timeline: [{ action: 'DISPATCH', afterMs: -1_000 }] };

interface Rig {
  readonly twin: TwinUnderTest;
  readonly ctx: Sender;
  readonly receiver: ScriptedServer;
}

/** A twin that pushes everything, a sender to it, and somebody who takes its pushes. */
async function withTwin(start: () => Promise<TwinUnderTest>, run: (rig: Rig) => Promise<void>): Promise<void> {
  const [twin, receiver] = await Promise.all([start(), scriptedServer()]);
  const ctx = createSender({ baseUrl: twin.baseUrl, timeoutMs: 10_000, connections: 4 });
  try {
    await twin.control('POST', '/config', { callbackUrl: receiver.baseUrl, pushTracks: 'all' });
    await run({ twin, ctx, receiver });
  } finally {
    await ctx.close();
    await Promise.all([twin.close(), receiver.close()]);
  }
}

const pushesOf = (receiver: ScriptedServer): readonly RawPush[] =>
  receiver.received().map(({ body }) => ({ body: Buffer.from(body), headers: {}, query: {} }));

/** Takes pushes with the adapter's acknowledgement until the parcel is back; the phases that were pushed. */
async function phasesPushed(
  { twin, receiver }: Rig,
  adapter: CarrierAdapter,
): Promise<readonly (string | undefined)[]> {
  const { body, status } = adapter.ack('stored');
  receiver.answer({ body, status });
  const acknowledged = async () => (await twin.summary()).pushes as { acknowledged: number };
  await until(async () => (await acknowledged()).acknowledged === 2, { what: 'the way back' });
  const pushes = pushesOf(receiver);
  expect(pushes.every((push) => adapter.verifyPush(push))).toBe(true);
  return pushes.flatMap((push) => adapter.readPush(push)).map(({ sighting }) => sighting?.phase);
}

describe('YTO: adapter and twin, written apart, understand each other', () => {
  it('an order is taken, told to exist when repeated, and its way back is pushed and shown', async () => {
    await withTwin(
      () => startYto({ timeScale: 0.05 }),
      async (rig) => {
        const adapter = yto.create(YTO_ACCOUNT);
        const command = order('YT0000000000001');
        await rig.twin.control('POST', '/parcels', [onTheRoad(command.waybillNo, wayBack)]);
        expect((await adapter.create(command, rig.ctx)).kind).toBe('accepted');
        expect((await adapter.create(command, rig.ctx)).kind).toBe('duplicate');
        expect(await phasesPushed(rig, adapter)).toEqual(['returning', 'delivered']);
        const track = await adapter.track(command, rig.ctx);
        expect(track.kind === 'found' && track.sightings.map(({ phase }) => phase)).toEqual([
          'picked_up',
          'moving',
          'returning',
          'delivered',
        ]);
        expect(await rig.twin.summary()).toMatchObject({ accepted: 1, refused: 1, badSignature: 0, badRequest: 0 });
      },
    );
  });

  it('an order whose answer was lost exists, and a repeat is told so instead of making a second one', async () => {
    await withTwin(startYto, async ({ twin, ctx }) => {
      const adapter = yto.create(YTO_ACCOUNT);
      const command = order('YT0000000000001');
      await twin.control('POST', '/parcels', [onTheRoad(command.waybillNo, { intercept: { outcome: 'never' } })]);
      await twin.control('POST', '/faults', { endpoint: YTO_REPORT, kind: 'act_then_reset', times: 1 });
      expect((await faultOf(adapter.create(command, ctx))).kind).toBe('outcome_unknown');
      expect((await adapter.create(command, ctx)).kind).toBe('duplicate');
      expect(await twin.summary()).toMatchObject({ accepted: 1, duplicateAccepts: 0 });
    });
  });

  it('a cancel, an empty track, a refusal, a wrong key and too many calls are each told apart', async () => {
    await withTwin(
      () => startYto({ own: { 'bad-sign-status': 401 } }),
      async ({ twin, ctx }) => {
        const adapter = yto.create(YTO_ACCOUNT);
        const never = { intercept: { outcome: 'never' } };
        const parcels = [onTheRoad('YT1', never), { waybillNo: 'YT2' }, { waybillNo: 'YT3', ...outForDelivery }];
        await twin.control('POST', '/parcels', parcels);
        await adapter.create(order('YT1'), ctx);
        expect((await adapter.cancel(order('YT1'), ctx)).kind).toBe('cancelled');
        expect((await adapter.cancel(order('YT1'), ctx)).kind).toBe('not_allowed');
        expect(await adapter.track(order('YT2'), ctx)).toEqual({ kind: 'empty' });
        expect(await adapter.create(order('YT3'), ctx)).toMatchObject({
          kind: 'refused',
          rawText: '已派件，不能发起拦截',
        });
        const wrong = yto.create({ ...YTO_ACCOUNT, appSecret: 'wrong' });
        expect((await faultOf(wrong.create(order('YT1'), ctx))).kind).toBe('credentials');
        await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
        await adapter.create(order('YT3'), ctx);
        expect((await faultOf(adapter.create(order('YT3'), ctx))).kind).toBe('throttled');
      },
    );
  });
});

describe('Yunda: adapter and twin, written apart, understand each other', () => {
  it('an order is taken, and its way back is pushed and shown', async () => {
    await withTwin(
      () => startYunda({ timeScale: 0.05 }),
      async (rig) => {
        const adapter = yunda.create(YUNDA_ACCOUNT);
        const command = order('4301814981782');
        await rig.twin.control('POST', '/config', { showTracks: 'all' });
        await rig.twin.control('POST', '/parcels', [onTheRoad(command.waybillNo, wayBack)]);
        expect((await adapter.create(command, rig.ctx)).kind).toBe('accepted');
        expect(await phasesPushed(rig, adapter)).toEqual(['returning', 'delivered']);
        const track = await adapter.track(command, rig.ctx);
        expect(track.kind === 'found' && track.sightings.map(({ phase }) => phase)).toEqual([
          'picked_up',
          'moving',
          'returning',
          'delivered',
        ]);
        expect(await rig.twin.summary()).toMatchObject({ accepted: 1, badSignature: 0, badRequest: 0 });
      },
    );
  });

  it('a refusal, an empty track, a wrong key and too many calls are each told apart', async () => {
    await withTwin(startYunda, async ({ twin, ctx }) => {
      const adapter = yunda.create(YUNDA_ACCOUNT);
      await twin.control('POST', '/parcels', [{ waybillNo: '1', ...outForDelivery }, { waybillNo: '2' }]);
      const late = { kind: 'refused', refusal: 'courier_too_late', rawCode: 'TWIN_OUT' };
      expect(await adapter.create(order('1'), ctx)).toMatchObject(late);
      expect((await adapter.create(order('2'), ctx)).kind).toBe('not_yet');
      expect(await adapter.track(order('2'), ctx)).toEqual({ kind: 'empty' });
      const unsubscribed = yunda.create({ ...YUNDA_ACCOUNT, tracksSubscribed: false });
      expect((await faultOf(unsubscribed.track(order('2'), ctx))).kind).toBe('bad_request');
      const wrong = yunda.create({ ...YUNDA_ACCOUNT, appSecret: 'wrong' });
      expect((await faultOf(wrong.create(order('1'), ctx))).kind).toBe('credentials');
      await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      await adapter.create(order('1'), ctx);
      expect((await faultOf(adapter.create(order('1'), ctx))).kind).toBe('throttled');
    });
  });
});
