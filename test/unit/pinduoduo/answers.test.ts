import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { UnreadableEvent } from '../../../src/domain/platform/port.js';
import { pinduoduoPlugin } from '../../../src/producers/platforms/pinduoduo/adapter.js';
import { GATEWAY_CODES } from '../../../src/producers/platforms/pinduoduo/gateway-codes.js';
import { answering, CREDENTIALS, ID, ORDER_SN, refusal } from './wire.js';

async function errorOf(text: string, status = 200, headers = {}): Promise<unknown> {
  const ctx = answering({ '*': text }, { status, headers });
  const wanted = { afterSaleId: ID, orderId: ORDER_SN };
  return pinduoduoPlugin
    .create(CREDENTIALS)
    .fetchDetail(wanted, ctx, 0)
    .catch((error: unknown) => error);
}

describe('a refusal of the gateway', () => {
  it.each([
    [10000, 'bad_request'],
    [10001, 'bad_request'],
    [10016, 'credentials'],
    [10017, 'bad_request'],
    [10018, 'credentials'],
    [10019, 'credentials'],
    [20004, 'credentials'],
    [20005, 'credentials'],
    [20031, 'credentials'],
    [20032, 'credentials'],
    [20034, 'bad_request'],
    [20035, 'bad_request'],
    [21001, 'bad_request'],
    [21002, 'bad_request'],
    [30000, 'credentials'],
    [30001, 'credentials'],
    [50000, 'unavailable'],
    [50001, 'unavailable'],
    [50002, 'unavailable'],
    [52001, 'unavailable'],
    [52002, 'unavailable'],
    [52004, 'bad_request'],
    [52101, 'throttled'],
    [52102, 'unavailable'],
    [52103, 'unavailable'],
    [70031, 'throttled'],
    [70032, 'credentials'],
    [70033, 'unavailable'],
    [70034, 'credentials'],
    [70035, 'credentials'],
    [70036, 'throttled'],
    [1, 'contract_broken'],
    [99999, 'contract_broken'],
  ])('%d is %s', async (code, kind) => {
    const error = await errorOf(refusal(code));
    expect(error).toBeInstanceOf(CarrierFault);
    expect(error).toMatchObject({ kind, rawCode: String(code) });
  });

  it.each([
    [45001, null],
    ['45001', null],
    [50001, 45001],
    [50001, '45001'],
  ])('%p with sub_code %p means that the order is not ours', async (code, subCode) => {
    const error = await errorOf(refusal(code, subCode));
    expect(error).toBeInstanceOf(UnreadableEvent);
    expect(String(error)).toContain("another shop's");
  });

  it('shows both of its codes, and nothing that it quotes', async () => {
    expect(await errorOf(refusal(50001, 'ISV_TRACK_ERROR'))).toMatchObject({ rawCode: '50001 ISV_TRACK_ERROR' });
    const quoting = {
      error_code: 10019,
      sub_code: `token ${CREDENTIALS.accessToken}`,
      error_msg: CREDENTIALS.appSecret,
    };
    const error = await errorOf(JSON.stringify({ error_response: quoting }));
    expect(error).toMatchObject({ kind: 'credentials', rawCode: '10019' });
    expect(String(error)).not.toMatch(/tok |de0000/);
  });

  it('waits as long as Retry-After says', async () => {
    expect(await errorOf(refusal(70031), 200, { 'retry-after': '3' })).toMatchObject({ retryAfterMs: 3_000 });
  });

  it('without a code, or that is no object, is none that anybody documents', async () => {
    expect(await errorOf('{"error_response":{}}')).toMatchObject({ kind: 'contract_broken' });
    expect(await errorOf('{"error_response":[]}')).toBeInstanceOf(UnreadableEvent);
    expect(await errorOf('{"error_response":null}')).toBeInstanceOf(UnreadableEvent);
  });
});

describe('the table', () => {
  it('holds nothing that is not checked above', async () => {
    const known = Object.keys(GATEWAY_CODES).filter((code) => code !== '45001');
    expect(known).toHaveLength(31);
    for (const code of known)
      expect(await errorOf(refusal(Number(code)))).not.toMatchObject({ kind: 'contract_broken' });
  });
});

describe('HTTP', () => {
  it.each([
    [500, 'unavailable'],
    [502, 'unavailable'],
    [429, 'throttled'],
    [401, 'credentials'],
    [400, 'bad_request'],
    [404, 'contract_broken'],
    [302, 'contract_broken'],
  ])('%d is %s', async (status, kind) => {
    expect(await errorOf('', status)).toMatchObject({ kind, rawCode: String(status) });
  });
});
