import { describe, expect, it } from '@jest/globals';
import type { CarrierAdapter, InterceptCommand, RawPush } from '../../src/domain/carrier/port.js';
import { createSender, type Sender } from '../../src/workers/carriers/http.js';
import { kuaidi100 } from '../../src/workers/carriers/kuaidi100/adapter.js';
import { commandOf } from '../support/command.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import { INTERCEPT, KUAIDI100_KEYS, KUAIDI100_SALT, startKuaidi100 } from '../unit/sandbox/running-kuaidi100.js';
import { onTheRoad, type TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { faultOf } from './carrier-harness.js';

/** What an account would be told of the twin's words, which are none of Kuaidi100's. */
const TOLD = {
  meanings: {
    '99003': 'credentials',
    '99005': 'throttled',
    '99011': 'not_yet',
    '99012': 'courier_too_late',
    '99015': 'duplicate',
  },
  callback: {
    statuses: {
      TWIN_ACCEPTED: 'pending',
      TWIN_STOPPED: 'stopped',
      TWIN_RETURNING: 'returning',
      TWIN_RETURNED: 'finished',
      TWIN_FAILED: 'failed',
    },
  },
};

const WAYBILL = 'DPK000000000001';
const order = (over: Partial<InterceptCommand> = {}) =>
  commandOf({ waybillNo: WAYBILL, carrier: 'deppon', requestId: '1-1', bizNo: '1-1', ...over });

interface Rig {
  readonly twin: TwinUnderTest;
  readonly ctx: Sender;
  readonly receiver: ScriptedServer;
  adapter(more?: object): CarrierAdapter;
}

/** A twin, a sender to it, and somebody who takes its callbacks with the adapter's acknowledgement. */
async function withTwin(run: (rig: Rig) => Promise<void>): Promise<void> {
  const [twin, receiver] = await Promise.all([startKuaidi100({ timeScale: 0.02 }), scriptedServer()]);
  const ctx = createSender({ baseUrl: twin.baseUrl, timeoutMs: 10_000, connections: 4 });
  const callbackUrl = `${receiver.baseUrl}/callbacks/kuaidi100/kd-main`;
  const account = { ...KUAIDI100_KEYS, salt: KUAIDI100_SALT, callbackUrl, ...TOLD };
  const adapter = (more: object = {}) =>
    kuaidi100.create(kuaidi100.manifest.credentials.parse({ ...account, ...more }));
  const { body, status } = adapter().ack('stored');
  receiver.answer({ body, status });
  try {
    await run({ twin, ctx, receiver, adapter });
  } finally {
    await ctx.close();
    await Promise.all([twin.close(), receiver.close()]);
  }
}

const happenedAt = ({ body }: { readonly body: string }): number =>
  JSON.parse(new URLSearchParams(body).get('param') ?? '').time;

/** In the order in which things happened: two callbacks that leave at once may arrive in either. */
const pushesOf = (receiver: ScriptedServer): readonly RawPush[] =>
  [...receiver.received()]
    .sort((a, b) => happenedAt(a) - happenedAt(b))
    .map(({ body }) => ({ body: Buffer.from(body), headers: {}, query: {} }));

/** Waits until so many callbacks were acknowledged; what the adapter reads of them. */
async function told({ twin, receiver, adapter }: Rig, count: number) {
  const acknowledged = async () => ((await twin.summary()).pushes as { acknowledged: number }).acknowledged;
  await until(async () => (await acknowledged()) === count, { what: `${count} callbacks` });
  const pushes = pushesOf(receiver);
  expect(pushes.every((push) => adapter().verifyPush(push))).toBe(true);
  expect(pushes.some((push) => adapter({ salt: 'another0salt0demo0' }).verifyPush(push))).toBe(false);
  return pushes.flatMap((push) => adapter().readPush(push));
}

const wayBack = { outcome: 'success', afterMs: 1_000, returnScanAfterMs: 1_000, returnSignedAfterMs: 1_000 };

describe('Kuaidi100: adapter and twin, written apart, understand each other', () => {
  it('an order is taken, and its way back is told with the real courier of the parcel', () =>
    withTwin(async (rig) => {
      await rig.twin.control('POST', '/parcels', [onTheRoad(WAYBILL, { intercept: wayBack })]);
      expect((await rig.adapter().create(order(), rig.ctx)).kind).toBe('accepted');
      const pushes = await told(rig, 4);
      expect(pushes.map(({ status }) => status?.kind)).toEqual(['pending', 'stopped', 'returning', 'finished']);
      expect(pushes.map(({ sighting }) => sighting?.phase ?? null)).toEqual([null, null, 'returning', 'returned']);
      expect(new Set(pushes.map(({ carrier, waybillNo }) => `${carrier} ${waybillNo}`))).toEqual(
        new Set([`deppon ${WAYBILL}`]),
      );
      expect(await rig.twin.summary()).toMatchObject({ accepted: 1, badSignature: 0, badRequest: 0 });
    }));

  it('an order whose answer was lost cannot be asked for, but its callback tells of it', () =>
    withTwin(async (rig) => {
      const { twin, ctx, adapter } = rig;
      await twin.control('POST', '/parcels', [onTheRoad(WAYBILL, { intercept: { outcome: 'fail', afterMs: 1_000 } })]);
      await twin.control('POST', '/faults', { endpoint: INTERCEPT, kind: 'act_then_reset', times: 1 });
      expect((await faultOf(adapter().create(order(), ctx))).kind).toBe('outcome_unknown');
      expect((await faultOf(adapter().status(order(), ctx))).kind).toBe('bad_request');
      expect((await told(rig, 2)).map(({ status }) => status?.kind)).toEqual(['pending', 'failed']);
      expect(await twin.summary()).toMatchObject({ accepted: 1, duplicateAccepts: 0 });
    }));

  it('a lost callback leaves nothing to read: only the timer can tell a person', () =>
    withTwin(async ({ twin, ctx, receiver, adapter }) => {
      await twin.control('POST', '/config', { loseCallbacks: true });
      await twin.control('POST', '/parcels', [
        onTheRoad(WAYBILL, { intercept: { outcome: 'success', afterMs: 1_000 } }),
      ]);
      expect((await adapter().create(order(), ctx)).kind).toBe('accepted');
      await until(async () => (await twin.summary()).lostCallbacks === 2, { what: 'both losses' });
      expect(receiver.received()).toEqual([]);
      expect(kuaidi100.manifest.callbackWithinMs).toBeGreaterThan(0);
    }));

  it('a duplicate, a refusal, a wrong key and too many calls are each told apart', () =>
    withTwin(async ({ twin, ctx, adapter }) => {
      const never = { intercept: { outcome: 'never' } };
      const out = { timeline: [{ action: 'DISPATCH', afterMs: -1_000 }] };
      const parcels = [onTheRoad(WAYBILL, never), { waybillNo: '1', ...out }, { waybillNo: '2' }];
      await twin.control('POST', '/parcels', parcels);
      await twin.control('POST', '/config', { refuseSecondIntercept: true });
      expect((await adapter().create(order(), ctx)).kind).toBe('accepted');
      expect((await adapter().create(order(), ctx)).kind).toBe('duplicate');
      const late = { kind: 'refused', refusal: 'courier_too_late', rawCode: '99012' };
      expect(await adapter().create(order({ waybillNo: '1' }), ctx)).toMatchObject(late);
      expect((await adapter().create(order({ waybillNo: '2' }), ctx)).kind).toBe('not_yet');
      const unknown = { kind: 'refused', refusal: 'courier_unknown_code', rawCode: '99010' };
      expect(await adapter().create(order({ waybillNo: '3' }), ctx)).toMatchObject(unknown);
      const wrong = adapter({ secret: 'wrong' });
      expect((await faultOf(wrong.create(order(), ctx))).kind).toBe('credentials');
      await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      await adapter().create(order(), ctx);
      expect((await faultOf(adapter().create(order(), ctx))).kind).toBe('throttled');
    }));

  it('every option an account may set, and every courier served, passes the strict gateway', () =>
    withTwin(async ({ twin, ctx, adapter }) => {
      const parcels = Object.keys(kuaidi100.manifest.serves ?? {}).map((carrier) => ({
        carrier,
        waybillNo: `W${carrier}`,
      }));
      await twin.control(
        'POST',
        '/parcels',
        parcels.map(({ waybillNo }) => onTheRoad(waybillNo, { intercept: { outcome: 'never' } })),
      );
      const partners = {
        zto: { partnerId: 'Z1', net: 'N1', appKey: 'a', appSecret: 'b' },
        jtexpress: { partnerId: 'J1' },
      };
      const all = {
        orderRole: '1',
        interceptPayType: 'MONTHLY',
        orderIdField: 'orderId',
        interceptType: 'RETURN_SEND_STATION',
      };
      const own = adapter({ ...all, partners: { ...partners, jd: { partnerId: 'D1', partnerName: 'n' } } });
      for (const one of parcels) expect([one, (await own.create(order(one), ctx)).kind]).toEqual([one, 'accepted']);
      expect(await twin.summary()).toMatchObject({ accepted: parcels.length, badRequest: 0 });
    }));

  it('an account that no result can reach sends nothing', () =>
    withTwin(async ({ twin, ctx, adapter }) => {
      const bare = adapter({ callbackUrl: undefined, salt: undefined });
      expect(await bare.create(order(), ctx)).toMatchObject({ kind: 'refused', refusal: 'courier_bad_data' });
      expect((await twin.summary()).creates).toBe(0);
    }));
});
