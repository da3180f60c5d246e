import { describe, expect, it } from '@jest/globals';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { whereaboutsOf } from '../../src/domain/tracking/whereabouts.js';
import { createSender, type Sender } from '../../src/workers/carriers/http.js';
import { sf } from '../../src/workers/carriers/sf/adapter.js';
import { commandOf } from '../support/command.js';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.js';
import { until } from '../support/until.js';
import { INTERCEPT, SF_KEYS, startSf } from '../unit/sandbox/running-sf.js';
import { onTheRoad, type StartOptions, type TwinUnderTest } from '../unit/sandbox/running-twins.js';
import { faultOf } from './carrier-harness.js';

const PUSH_TOKEN = 'push-token-of-the-demo';
/** What an account would be told of the codes that SF publishes nowhere; these are the twin's. */
const MEANINGS = {
  '990101': 'not_yet',
  '990102': 'courier_already_delivered',
  '990103': 'duplicate',
  '990106': 'cancel_too_late',
} as const;
const account = (more: object = {}) =>
  sf.create(
    sf.manifest.credentials.parse({
      ...SF_KEYS,
      senderPhoneTail: '1234',
      pushToken: PUSH_TOKEN,
      amountUnit: 'yuan',
      followReturn: true,
      meanings: MEANINGS,
      ...more,
    }),
  );

const ADDRESS = {
  name: '仓库',
  phone: '13000005678',
  province: '浙江省',
  city: '杭州市',
  district: '余杭区',
  detail: '路1号',
};
const order = (waybillNo: string, more: object = {}) =>
  commandOf({ waybillNo, carrier: 'sf', returnAddress: ADDRESS, requestId: `${waybillNo}-1`, ...more });
const BILL = 'SF0000000000001';
const never = { intercept: { outcome: 'never' } };
const wayBack = {
  intercept: { outcome: 'success', afterMs: 2_000, returnScanAfterMs: 2_000, returnSignedAfterMs: 2_000 },
};

interface Rig {
  readonly twin: TwinUnderTest;
  readonly ctx: Sender;
  readonly receiver: ScriptedServer;
}

/** A twin that pushes everything to an address with a secret, a sender to it, and somebody who takes its pushes. */
async function withTwin(options: StartOptions, run: (rig: Rig) => Promise<void>): Promise<void> {
  const [twin, receiver] = await Promise.all([startSf(options), scriptedServer()]);
  const ctx = createSender({ baseUrl: twin.baseUrl, timeoutMs: 10_000, connections: 4 });
  try {
    const callbackUrl = `${receiver.baseUrl}/callbacks/sf/main?pushToken=${PUSH_TOKEN}`;
    await twin.control('POST', '/config', { callbackUrl, pushTracks: 'all' });
    await run({ twin, ctx, receiver });
  } finally {
    await ctx.close();
    await Promise.all([twin.close(), receiver.close()]);
  }
}

const pushesOf = (receiver: ScriptedServer): readonly RawPush[] =>
  receiver.received().map(({ body, path }) => ({
    body: Buffer.from(body),
    headers: {},
    query: Object.fromEntries(new URL(path, 'http://here').searchParams),
  }));

describe('SF: adapter and twin, written apart, understand each other', () => {
  it('an order is taken with its number and fee, and its way back is pushed and shown to the end', async () => {
    await withTwin({ timeScale: 0.05 }, async ({ twin, ctx, receiver }) => {
      const adapter = account();
      receiver.answer({ body: adapter.ack('stored').body });
      await twin.control('POST', '/parcels', [onTheRoad(BILL, { ...wayBack, phoneLast4: '1234' })]);
      const answer = await adapter.create(order(BILL), ctx);
      expect(answer).toMatchObject({ kind: 'accepted', carrierRef: expect.stringMatching(/^ZL/), feeFen: 1250 });
      const acknowledged = async () => (await twin.summary()).pushes as { acknowledged: number };
      await until(async () => (await acknowledged()).acknowledged === 2, { what: 'the way back' });
      const pushes = pushesOf(receiver);
      expect(pushes.every((push) => adapter.verifyPush(push))).toBe(true);
      expect(pushes.some((push) => account({ pushToken: undefined }).verifyPush(push))).toBe(false);
      expect(pushes.flatMap((push) => adapter.readPush(push)).map(({ sighting }) => sighting?.phase)).toEqual([
        'returning',
        'delivered',
      ]);
      const track = await adapter.track(order(BILL), ctx);
      expect(track.kind === 'found' && track.sightings.map(({ rawCode }) => rawCode)).toEqual(
        '50 30 648 50 80'.split(' '),
      );
      expect(track.kind === 'found' && whereaboutsOf(track.sightings)).toBe('returned');
      const alone = await account({ followReturn: false }).track(order(BILL), ctx);
      expect(alone.kind === 'found' && whereaboutsOf(alone.sightings)).toBe('returning');
      expect(await twin.summary()).toMatchObject({ accepted: 1, badSignature: 0, badRequest: 0 });
    });
  });

  it('an order whose answer was lost exists: the track shows it, and a repeat makes no second one', async () => {
    await withTwin({ timeScale: 0.05 }, async ({ twin, ctx }) => {
      const adapter = account();
      await twin.control('POST', '/parcels', [onTheRoad(BILL, wayBack)]);
      await twin.control('POST', '/faults', { endpoint: INTERCEPT, kind: 'act_then_reset', times: 1 });
      expect((await faultOf(adapter.create(order(BILL), ctx))).kind).toBe('outcome_unknown');
      expect(await faultOf(adapter.create(order(BILL), ctx))).toMatchObject({
        kind: 'outcome_unknown',
        rawCode: 'A1007',
      });
      expect((await adapter.create(order(BILL, { requestId: 'next-2' }), ctx)).kind).toBe('duplicate');
      const returning = async () => {
        const track = await adapter.track(order(BILL), ctx);
        return track.kind === 'found' && track.sightings.some(({ phase }) => phase === 'returning');
      };
      await until(returning, { what: 'the return scan' });
      expect(await twin.summary()).toMatchObject({ accepted: 1, duplicateAccepts: 0 });
    });
  });

  it('is taken back by its number, once, and not without one', async () => {
    await withTwin({}, async ({ twin, ctx }) => {
      const adapter = account();
      await twin.control('POST', '/parcels', [onTheRoad(BILL, never), onTheRoad('SF2', never)]);
      const answer = await adapter.create(order(BILL), ctx);
      const carrierRef = answer.kind === 'accepted' ? answer.carrierRef : null;
      expect((await adapter.cancel(order(BILL), ctx)).rawCode).toBe('no_cus_id');
      expect((await adapter.cancel(order(BILL, { carrierRef }), ctx)).kind).toBe('cancelled');
      expect((await adapter.cancel(order(BILL, { carrierRef }), ctx)).kind).toBe('too_late');
      expect((await adapter.create(order(BILL, { requestId: 'next-2' }), ctx)).kind).toBe('duplicate');
      await twin.control('POST', '/config', { amount: null });
      expect(await adapter.create(order('SF2'), ctx)).toEqual({
        kind: 'accepted',
        carrierRef: null,
        rawCode: 'S0000',
        rawText: '',
      });
      expect(await twin.summary()).toMatchObject({ cancels: 2, cancelled: 1, badRequest: 0 });
    });
  });

  it('refusals, an empty track, a wrong key, a wrong clock and too many calls are each told apart', async () => {
    await withTwin({}, async ({ twin, ctx }) => {
      const adapter = account();
      const signed = { timeline: [{ action: 'SIGNED', afterMs: -1_000 }] };
      await twin.control('POST', '/parcels', [{ waybillNo: 'SF1' }, { waybillNo: 'SF2', ...signed }]);
      expect((await adapter.create(order('SF1'), ctx)).kind).toBe('not_yet');
      const delivered = { kind: 'refused', refusal: 'courier_already_delivered', rawCode: '990102' };
      expect(await adapter.create(order('SF2'), ctx)).toMatchObject(delivered);
      const unknown = { kind: 'refused', refusal: 'courier_unknown_waybill', rawCode: '6150' };
      expect(await adapter.create(order('SF3'), ctx)).toMatchObject(unknown);
      const untold = account({ meanings: {} });
      const unexplained = { kind: 'refused', refusal: 'courier_unknown_code' };
      expect(await untold.create(order('SF2', { requestId: 'x' }), ctx)).toMatchObject(unexplained);
      expect(await adapter.track(order('SF1'), ctx)).toEqual({ kind: 'empty' });
      const kindOf = async (more: object) => (await faultOf(account(more).create(order('SF1'), ctx))).kind;
      expect(await kindOf({ checkWord: 'wrong' })).toBe('credentials');
      expect(await kindOf({ rawDigest: true })).toBe('credentials');
      expect(await kindOf({ timestampUnit: 's' })).toBe('unavailable');
      expect(await kindOf({ monthlyCard: 'other', newRequestIdPerSend: true })).toBe('credentials');
      await twin.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      await adapter.track(order('SF1'), ctx);
      expect((await faultOf(adapter.track(order('SF1'), ctx))).kind).toBe('throttled');
    });
  });

  it('speaks with a token as with a digest, and gets a new one when the old one was revoked', async () => {
    await withTwin({}, async ({ twin, ctx }) => {
      const adapter = account({ auth: 'token' });
      await twin.control('POST', '/parcels', [onTheRoad(BILL, never), onTheRoad('SF2', never)]);
      expect((await adapter.create(order(BILL), ctx)).kind).toBe('accepted');
      await twin.control('POST', '/config', { tokenEpoch: 1 });
      expect((await adapter.create(order('SF2'), ctx)).kind).toBe('accepted');
      expect(await twin.summary()).toMatchObject({ tokens: 2, accepted: 2, badSignature: 1, duplicateAccepts: 0 });
      const wrong = account({ auth: 'token', checkWord: 'wrong' });
      expect((await faultOf(wrong.create(order(BILL), ctx))).kind).toBe('credentials');
    });
  });

  it('speaks raw digests and seconds where told to', async () => {
    await withTwin({ own: { 'raw-digest': true, 'timestamp-unit': 's' } }, async ({ twin, ctx }) => {
      await twin.control('POST', '/parcels', [onTheRoad(BILL, never)]);
      const adapter = account({ rawDigest: true, timestampUnit: 's' });
      expect((await adapter.create(order(BILL), ctx)).kind).toBe('accepted');
      expect((await faultOf(account({ timestampUnit: 's' }).create(order(BILL), ctx))).kind).toBe('credentials');
    });
  });
});
