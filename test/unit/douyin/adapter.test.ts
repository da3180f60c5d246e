import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CallContext, CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import { douyinPlugin } from '../../../src/producers/platforms/douyin/adapter.js';
import { PLATFORMS, platformBySlug } from '../../../src/producers/platforms/index.js';
import { DETAIL, refusal } from './answers.js';
import { bytes, CREATED, CREDENTIALS, KEYS } from './messages.js';

const adapter = douyinPlugin().create(CREDENTIALS);
const SIGN = 'e36b38259e1e3c079ab7bccd6ece88fe';
const webhook = (headers: Record<string, string>) => ({ body: bytes(CREATED), headers, query: {} });

/** A platform that answers the same to everything and remembers what it was asked. */
function answering(response: Partial<CarrierResponse>): CallContext & { readonly asked: CarrierRequest[] } {
  const asked: CarrierRequest[] = [];
  return {
    asked,
    send: async (request) => {
      asked.push(request);
      return { status: 200, headers: {}, text: '', ...response };
    },
  };
}

async function faultOf(response: Partial<CarrierResponse>, of = adapter): Promise<CarrierFault> {
  const error = await of
    .fetchDetail({ afterSaleId: '7000893114000949517', orderId: null }, answering(response), 0)
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof CarrierFault)) throw new Error(`expected a CarrierFault, got ${String(error)}`);
  return error;
}

describe('webhook', () => {
  it('is verified by the app id and the signature together', () => {
    expect(adapter.verify(webhook({ 'app-id': KEYS.appKey, 'event-sign': SIGN }))).toBe(true);
    expect(adapter.verify(webhook({ 'app-id': '7012345678901234568', 'event-sign': SIGN }))).toBe(false);
    expect(adapter.verify(webhook({ 'event-sign': SIGN }))).toBe(false);
    expect(adapter.verify(webhook({ 'app-id': KEYS.appKey }))).toBe(false);
  });

  it('is acknowledged in the platform’s own words only when it is stored', () => {
    expect(adapter.ack('stored')).toMatchObject({ status: 200, body: '{"code":0,"msg":"success"}' });
    expect(adapter.ack('bad_signature')).toMatchObject({ status: 401 });
    expect(adapter.ack('overloaded')).toMatchObject({ status: 503 });
    expect(adapter.ack('overloaded').body).not.toContain('success');
  });
});

describe('fetchDetail', () => {
  it('asks once and gives the after-sale with its parcels', async () => {
    const ctx = answering({ text: DETAIL });
    const detail = await adapter.fetchDetail({ afterSaleId: '7000893114000949517', orderId: null }, ctx, 1630022518000);
    expect(ctx.asked).toHaveLength(1);
    expect(detail.parcels).toHaveLength(2);
  });

  it.each([
    [50002, 'isv.business-failed:10000', 'unavailable'],
    [20000, 'isp.service-error:10000', 'unavailable'],
    [40003, 'isv.access-token-expired', 'credentials'],
    [40003, 'isv.signature-invalid', 'credentials'],
    [40001, 'isv.access-token-missing', 'credentials'],
    [30001, 'dop.authorization-closed', 'credentials'],
    [40003, 'isv.parameter-format-invalid', 'bad_request'],
    [40004, 'isv.parameter-invalid:11000', 'bad_request'],
    [60000, '', 'throttled'],
    [50002, 'isv.call-limited', 'throttled'],
    [12345, 'isv.nobody-knows', 'contract_broken'],
  ])('types the answer %d %s as %s', async (code, subCode, kind) => {
    const fault = await faultOf({ text: refusal(code, subCode, '请稍后重试') });
    expect(fault.kind).toBe(kind);
    expect(fault.rawCode).toBe(subCode ? `${code} ${subCode}` : String(code));
    expect(fault.message).toContain('请稍后重试');
  });

  it.each([
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [429, 'throttled'],
    [401, 'credentials'],
    [400, 'bad_request'],
    [404, 'contract_broken'],
    [302, 'contract_broken'],
  ])('types HTTP %d as %s, because it is a read and has changed nothing', async (status, kind) => {
    const fault = await faultOf({ status, headers: { 'retry-after': '7' }, text: DETAIL });
    expect(fault).toMatchObject({ kind, retryAfterMs: 7000, rawCode: String(status) });
  });

  it('takes throttle codes from its settings, because the platform does not publish them', async () => {
    const text = refusal(70001, '', '调用太快');
    expect((await faultOf({ text })).kind).toBe('contract_broken');
    expect((await faultOf({ text }, douyinPlugin({ throttleCodes: ['70001'] }).create(CREDENTIALS))).kind).toBe(
      'throttled',
    );
  });

  it('passes a fault of the line on as it is', async () => {
    const fault = new CarrierFault('not_sent', 'refused');
    const broken: CallContext = { send: () => Promise.reject(fault) };
    await expect(adapter.fetchDetail({ afterSaleId: '1', orderId: null }, broken, 0)).rejects.toBe(fault);
  });
});

describe('manifest', () => {
  const { credentials, carrierAliases, timeoutMs } = douyinPlugin().manifest;

  it('takes the credentials of the contract and refuses unknown keys', () => {
    expect(credentials.safeParse(CREDENTIALS).success).toBe(true);
    expect(
      credentials.safeParse({ ...CREDENTIALS, refreshToken: 'r', expiresAt: '2026-12-01T00:00:00+08:00' }).success,
    ).toBe(true);
    expect(credentials.safeParse({ ...CREDENTIALS, appKey: 7012345678 }).success).toBe(false);
    expect(credentials.safeParse({ ...CREDENTIALS, secret: 'x' }).success).toBe(false);
  });

  it('maps couriers by whole words only: ZTO’s freight company is another one (R66)', () => {
    expect(carrierAliases).toMatchObject({ 中通快递: 'zto', 圆通速递: 'yto', 韵达快递: 'yunda' });
    expect(Object.hasOwn(carrierAliases, '中通快运')).toBe(false);
  });

  it('gives up before the SDK would', () => {
    expect(timeoutMs).toBeLessThan(12_000);
  });

  it('is found by its slug and by nothing else', () => {
    expect(platformBySlug('douyin')?.manifest.slug).toBe('douyin');
    expect(platformBySlug('Douyin')).toBeUndefined();
    expect(new Set(PLATFORMS.map(({ manifest }) => manifest.slug)).size).toBe(PLATFORMS.length);
  });
});
