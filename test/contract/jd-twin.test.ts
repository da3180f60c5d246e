import { describe, expect, it } from '@jest/globals';
import type { CarrierAdapter, InterceptCommand } from '../../src/domain/carrier/port.js';
import { whereaboutsOf } from '../../src/domain/tracking/whereabouts.js';
import { createSender, type Sender } from '../../src/workers/carriers/http.js';
import { jd } from '../../src/workers/carriers/jd/adapter.js';
import { commandOf } from '../support/command.js';
import { until } from '../support/until.js';
import { JD_KEYS, LOP_CREATE, startJd, startJos } from '../unit/sandbox/running-jd.js';
import { onTheRoad, type TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { faultOf } from './carrier-harness.js';

const ACCOUNT = jd.manifest.credentials.parse({
  ...JD_KEYS,
  meanings: {
    '990401': 'credentials',
    '990403': 'credentials',
    '990429': 'throttled',
    '990405': 'courier_unknown_waybill',
  },
});
const JOS_ACCOUNT = { ...ACCOUNT, gateway: 'jos', scanPhases: { 换单打印: 'returning' } } as const;

const order = (waybillNo: string): InterceptCommand => commandOf({ waybillNo, carrier: 'jd' });
const wayBack = {
  intercept: { outcome: 'success', afterMs: 2_000, returnScanAfterMs: 2_000, returnSignedAfterMs: 2_000 },
};
const never = { intercept: { outcome: 'never' } };

interface Rig {
  readonly twin: TwinUnderTest;
  readonly ctx: Sender;
}

async function withTwin(start: () => Promise<TwinUnderTest>, run: (rig: Rig) => Promise<void>): Promise<void> {
  const twin = await start();
  const ctx = createSender({ baseUrl: twin.baseUrl, timeoutMs: 10_000, connections: 4 });
  try {
    await run({ twin, ctx });
  } finally {
    await ctx.close();
    await twin.close();
  }
}

async function phases(adapter: CarrierAdapter, command: InterceptCommand, ctx: Sender) {
  const track = await adapter.track(command, ctx);
  return track.kind === 'found' ? track.sightings : [];
}

/** Looks at the track until the parcel is back, and returns what was seen on the way. */
async function followHome(adapter: CarrierAdapter, command: InterceptCommand, ctx: Sender) {
  const isBack = async () => whereaboutsOf(await phases(adapter, command, ctx)) === 'returned';
  await until(isBack, { what: 'the way back' });
  return (await phases(adapter, command, ctx)).map(({ phase }) => phase);
}

describe('JD at LOP: adapter and twin, written apart, understand each other', () => {
  it('an order is taken, told to be stopped by the status, and its way back is shown', async () => {
    for (const algorithm of ['md5-salt', 'HMacSHA256'] as const) {
      await withTwin(
        () => startJd({ timeScale: 0.05 }),
        async ({ twin, ctx }) => {
          const adapter = jd.create({ ...ACCOUNT, algorithm });
          const command = order('JDV000000000001');
          await twin.control('POST', '/parcels', [onTheRoad(command.waybillNo, wayBack)]);
          expect(await adapter.status(command, ctx)).toMatchObject({ kind: 'unclear', rawCode: '430' });
          expect(await adapter.create(command, ctx)).toMatchObject({
            kind: 'accepted',
            carrierRef: 'ESLJDV000000000001',
            rawCode: 'resultType 1',
          });
          await until(async () => (await adapter.status(command, ctx)).kind === 'stopped', { what: 'the stop' });
          expect(await followHome(adapter, command, ctx)).toEqual(['picked_up', 'moving', 'returning', 'delivered']);
          const counts = {
            creates: 1,
            accepted: 1,
            badSignature: 0,
            badRequest: 0,
            interceptedWaybills: 1,
            returned: 1,
          };
          expect(await twin.summary()).toMatchObject(counts);
        },
      );
    }
  });

  it('an order before the pick-up cancels the shipment, which is no intercept', async () => {
    await withTwin(startJd, async ({ twin, ctx }) => {
      const adapter = jd.create(ACCOUNT);
      await twin.control('POST', '/parcels', [{ waybillNo: 'JDV1' }]);
      const command = order('JDV1');
      expect(await adapter.track(command, ctx)).toEqual({ kind: 'empty' });
      expect(await adapter.create(command, ctx)).toMatchObject({ kind: 'refused', refusal: 'courier_order_cancelled' });
      expect(await adapter.status(command, ctx)).toMatchObject({ kind: 'never_left', rawCode: '690' });
      expect(await twin.summary()).toMatchObject({ interceptedWaybills: 0 });
    });
  });

  it('an order whose answer was lost is found by the status once it took, and by nothing before', async () => {
    await withTwin(
      () => startJd({ timeScale: 0.05 }),
      async ({ twin, ctx }) => {
        const adapter = jd.create(ACCOUNT);
        const slowStop = { intercept: { outcome: 'success', afterMs: 10_000 } };
        await twin.control('POST', '/parcels', [onTheRoad('JDV1', slowStop), onTheRoad('JDV2')]);
        for (const [waybillNo, kind] of [
          ['JDV1', 'act_then_reset'],
          ['JDV2', 'reset_before'],
        ] as const) {
          await twin.control('POST', '/faults', { endpoint: LOP_CREATE, waybillNo, kind, times: 1 });
          expect((await faultOf(adapter.create(order(waybillNo), ctx))).kind).toBe('outcome_unknown');
          expect((await adapter.status(order(waybillNo), ctx)).kind).toBe('unclear');
        }
        await until(async () => (await adapter.status(order('JDV1'), ctx)).kind === 'stopped', { what: 'the stop' });
        expect((await adapter.status(order('JDV2'), ctx)).kind).toBe('unclear');
        expect(await twin.summary()).toMatchObject({ accepted: 1, notActed: 1, duplicateAccepts: 0 });
      },
    );
  });

  it('a late parcel, an unknown one, a wrong key and too many calls are each told apart; none is taken back', async () => {
    await withTwin(startJd, async ({ twin, ctx }) => {
      const adapter = jd.create(ACCOUNT);
      const late = { waybillNo: 'JDV1', timeline: [{ action: 'DISPATCH', afterMs: -1_000 }] };
      await twin.control('POST', '/parcels', [late, onTheRoad('JDV2', never)]);
      expect(await adapter.create(order('JDV1'), ctx)).toMatchObject({ kind: 'refused', rawCode: 'resultType 3' });
      expect(await adapter.create(order('JDV9'), ctx)).toMatchObject({ refusal: 'courier_unknown_waybill' });
      for (const wrong of [{ appSecret: 'wrong' }, { accessToken: 'wrong' }]) {
        const stranger = jd.create({ ...ACCOUNT, ...wrong });
        expect((await faultOf(stranger.create(order('JDV2'), ctx))).kind).toBe('credentials');
        expect((await faultOf(stranger.track(order('JDV2'), ctx))).kind).toBe('credentials');
      }
      const before = (await twin.ledger('?kind=call')).length;
      expect((await faultOf(adapter.cancel(order('JDV2'), ctx))).kind).toBe('bad_request');
      expect(await twin.ledger('?kind=call')).toHaveLength(before);
      await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      expect((await adapter.create(order('JDV2'), ctx)).kind).toBe('accepted');
      expect((await faultOf(adapter.create(order('JDV2'), ctx))).kind).toBe('throttled');
    });
  });
});

describe('JD at JOS: adapter and twin, written apart, understand each other', () => {
  it('an order is taken, a repeat is a duplicate, and its way back is shown', async () => {
    await withTwin(
      () => startJos({ timeScale: 0.05 }),
      async ({ twin, ctx }) => {
        const adapter = jd.create(JOS_ACCOUNT);
        const command = order('JDV000000000001');
        await twin.control('POST', '/config', { dateSeparator: '/' });
        await twin.control('POST', '/parcels', [onTheRoad(command.waybillNo, wayBack)]);
        expect(await adapter.create(command, ctx)).toMatchObject({ kind: 'accepted', rawCode: 'stateCode 100' });
        expect(await adapter.create(command, ctx)).toMatchObject({ kind: 'duplicate', rawCode: 'stateCode 108' });
        expect(await followHome(adapter, command, ctx)).toEqual(['picked_up', 'moving', 'returning', 'delivered']);
        expect(await twin.summary()).toMatchObject({ accepted: 1, refused: 1, badSignature: 0, badRequest: 0 });
      },
    );
  });

  it('a lost answer, an empty track, a refusal, a wrong key and too many calls are each told apart', async () => {
    await withTwin(startJos, async ({ twin, ctx }) => {
      const adapter = jd.create(JOS_ACCOUNT);
      const late = { waybillNo: 'JDV1', timeline: [{ action: 'SIGNED', afterMs: -1_000 }] };
      await twin.control('POST', '/parcels', [late, onTheRoad('JDV2', never), { waybillNo: 'JDV3' }]);
      await twin.control('POST', '/faults', { endpoint: 'routerjson', kind: 'act_then_half_body', times: 1 });
      expect((await faultOf(adapter.create(order('JDV2'), ctx))).kind).toBe('outcome_unknown');
      expect((await adapter.create(order('JDV2'), ctx)).kind).toBe('duplicate');
      expect(await adapter.track(order('JDV3'), ctx)).toEqual({ kind: 'empty' });
      expect(await adapter.create(order('JDV1'), ctx)).toMatchObject({ kind: 'refused', rawCode: 'stateCode 990410' });
      const wrong = jd.create({ ...JOS_ACCOUNT, appSecret: 'wrong' });
      expect((await faultOf(wrong.create(order('JDV2'), ctx))).kind).toBe('credentials');
      await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      await adapter.create(order('JDV2'), ctx);
      expect((await faultOf(adapter.create(order('JDV2'), ctx))).kind).toBe('throttled');
    });
  });
});
