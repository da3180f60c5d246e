import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PollPage } from '../../src/domain/platform/poll.js';
import { jdPlugin } from '../../src/producers/platforms/jd/adapter.js';
import { commandOf } from '../support/command.js';
import { wayTo } from '../support/push-receiver.js';
import { until } from '../support/until.js';
import { JD_POP_KEYS, jdPopRefund, startJdPop } from '../unit/sandbox/running-jd-pop.js';
import type { TwinUnderTest } from '../unit/sandbox/running-twins.js';

const ID = '7000893114000949517';
const REPLY = 'jingdong.pop.afs.soa.refundapply.replyRefund';
const { appKey, appSecret, accessToken } = JD_POP_KEYS;
const keys = jdPlugin.manifest.credentials.parse({
  ...{ appKey, appSecret, accessToken, paidAmountField: 'orderPayment', agreesRefund: true },
  meanings: { '990429': 'throttled' },
});
const adapter = jdPlugin.create(keys);
const channel = jdPlugin.channel?.create(keys);
const command = commandOf({
  waybillNo: 'JDVC4000949517',
  carrier: 'jd',
  asKnownThere: { rawCarrier: '2087', wantedBy: [{ afterSaleId: ID, orderId: null, version: null }] },
});

let twin: TwinUnderTest;
let way: ReturnType<typeof wayTo>;
beforeEach(async () => {
  twin = await startJdPop({ timeScale: 0.0001 });
  way = wayTo(twin.baseUrl);
});
afterEach(() => Promise.all([twin.close(), way.close()]));

/** All records of a window, as the runner joins them: the ids of events, what they say, and the declared total. */
async function polled(fromMs: number, toMs: number) {
  const pages: PollPage[] = [];
  let token: string | null = null;
  do {
    const page: PollPage | undefined = await adapter.poll?.page({ fromMs, toMs }, token, way, Date.now());
    if (!page) throw new Error('JD is read by polling');
    pages.push(page);
    token = page.next;
  } while (token !== null);
  const envelopes = pages.flatMap((page) => page.envelopes);
  const ids = new Set(envelopes.map(({ eventId }) => eventId));
  const statuses = envelopes.map(({ payload }) => {
    const event = adapter.read(payload);
    return event.kind === 'after_sale' ? [event.afterSaleId, event.update.facts.status] : [];
  });
  return { ids, statuses, total: pages.at(-1)?.total };
}

describe('the adapter and the twin speak the same wire, though they share no code', () => {
  it('every application of a window is found once, page by page, and as many as are declared', async () => {
    const all = Array.from({ length: 60 }, (_, at) => `70008931140009${String(at).padStart(5, '0')}`);
    await twin.control(
      'POST',
      '/refunds',
      all.map((id) => jdPopRefund(id)),
    );
    const { ids, statuses, total } = await polled(Date.now() - 60_000, Date.now() + 60_000);
    expect([ids.size, total]).toEqual([60, 60]);
    expect(statuses.map(([id]) => id).sort()).toEqual(all);
    expect(await polled(Date.now() - 180_000, Date.now() - 120_000)).toMatchObject({ statuses: [], total: 0 });
  });

  it('a review is seen beside the application, and alone when the application is old', async () => {
    const startMs = Math.floor(Date.now() / 1000) * 1000;
    await twin.control('POST', '/refunds', [jdPopRefund(ID)]);
    await twin.control('PATCH', `/refunds/${ID}`, { status: 'refused' });
    const whole = await polled(startMs - 60_000, startMs + 60_000);
    expect([whole.ids.size, whole.total]).toEqual([1, 1]);
    // The twin's version rises by at least a second: a window that begins after the application holds the review alone.
    const [{ updatedAtMs, appliedAtMs }] = [(await twin.control('GET', `/refunds/${ID}`)).json];
    const later = await polled(Math.floor(Number(appliedAtMs) / 1000) * 1000 + 1_000, Number(updatedAtMs) + 1_000);
    expect(later).toMatchObject({ statuses: [[ID, 'refused']], total: 1 });
  });

  it('the detail says what the control API was told', async () => {
    const parcels = [
      { companyCode: '463', companyName: '圆通快递', waybillNo: 'YT2534891234567' },
      { companyCode: '1499', companyName: '中通快递', waybillNo: '0073100130019486' },
    ];
    await twin.control('POST', '/refunds', [jdPopRefund(ID, { refundFen: 113_997, paidFen: 113_997, parcels })]);
    const { update, parcels: named } = await adapter.fetchDetail({ afterSaleId: ID, orderId: null }, way, Date.now());
    expect(update.facts).toMatchObject({
      orderId: '3000893114000949517',
      type: 'refund_only',
      status: 'open',
      refundAmountFen: 113_997,
      paidAmountFen: 113_997,
    });
    expect(named.map(({ rawCarrier, waybillNo }) => [rawCarrier, waybillNo])).toEqual([
      ['463', 'YT2534891234567'],
      ['1499', '0073100130019486'],
    ]);
  });

  it.each([
    ['before_shipment', 'open', 'refund_before_shipment', 'open'],
    ['refund_only', 'closed', 'refund_only', 'closed'],
    ['refund_only', 'paid', 'refund_only', 'agreed'],
  ] as const)('a refund %s that is %s reads as %s, %s', async (type, status, readsType, readsStatus) => {
    await twin.control('POST', '/refunds', [jdPopRefund(ID, { type, status })]);
    const { update } = await adapter.fetchDetail({ afterSaleId: ID, orderId: null }, way, Date.now());
    expect(update.facts).toMatchObject({ type: readsType, status: readsStatus });
  });

  it('refusals of the gateway are told apart', async () => {
    const read = () => adapter.fetchDetail({ afterSaleId: ID, orderId: null }, way, Date.now());
    await expect(read()).rejects.toThrow('no such after-sale');
    await twin.control('POST', '/config', { tokenExpired: true });
    await expect(read()).rejects.toMatchObject({ kind: 'credentials', rawCode: '19' });
    await twin.control('POST', '/config', { tokenExpired: false });
    await twin.control('POST', '/faults', { endpoint: '*', kind: 'throttle', times: 1 });
    await expect(read()).rejects.toMatchObject({ kind: 'throttled', rawCode: '990429' });
  });
});

describe('a stop that agrees the refund', () => {
  if (!channel) throw new Error('JD POP has its own intercept API');
  const status = async () => (await channel.status(command, way)).kind;

  it.each(['stopped', 'failed'] as const)(
    'is accepted, pending, then %s; the after-sale is agreed',
    async (outcome) => {
      await twin.control('POST', '/refunds', [jdPopRefund(ID)]);
      expect(await status()).toBe('no_record');
      await twin.control('POST', '/config', { outcome, outcomeAfterMs: 3_000_000 });
      expect(await channel.create(command, way)).toMatchObject({ kind: 'accepted', carrierRef: ID });
      expect(await status()).toBe('pending');
      const { update } = await adapter.fetchDetail({ afterSaleId: ID, orderId: null }, way, Date.now());
      expect(update.facts.status).toBe('agreed');
      await until(async () => (await status()) === outcome, { what: 'the end of the stop' });
    },
  );

  it('whose answer was lost is found, and a repeat would have been refused', async () => {
    await twin.control('POST', '/refunds', [jdPopRefund(ID)]);
    await twin.control('POST', '/config', { outcome: 'never' });
    await twin.control('POST', '/faults', { endpoint: REPLY, kind: 'act_then_reset', times: 1 });
    await expect(channel.create(command, way)).rejects.toMatchObject({ kind: 'outcome_unknown' });
    expect(await status()).toBe('pending');
    expect(await channel.create(command, way)).toMatchObject({ kind: 'refused', refusal: 'courier_unknown_code' });
    expect(await twin.summary()).toMatchObject({ accepted: 1, stopsAsked: 1 });
  });

  it('that never arrived has no record', async () => {
    await twin.control('POST', '/refunds', [jdPopRefund(ID)]);
    await twin.control('POST', '/faults', { endpoint: REPLY, kind: 'reset_before', times: 1 });
    await expect(channel.create(command, way)).rejects.toMatchObject({ kind: 'outcome_unknown' });
    expect(await status()).toBe('no_record');
  });

  it('is not sent without the seller’s leave', async () => {
    await twin.control('POST', '/refunds', [jdPopRefund(ID)]);
    const unasked = jdPlugin.channel?.create({ ...keys, agreesRefund: false });
    expect(await unasked?.create(command, way)).toMatchObject({ kind: 'refused', refusal: 'courier_bad_data' });
    expect(await twin.summary()).toMatchObject({ calls: 0 });
    expect(await status()).toBe('no_record');
  });
});
