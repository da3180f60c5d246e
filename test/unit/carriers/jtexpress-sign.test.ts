import { describe, expect, it } from '@jest/globals';
import { jtexpressCredentials } from '../../../src/workers/carriers/jtexpress/credentials.js';
import { createRequest, trackRequest } from '../../../src/workers/carriers/jtexpress/requests.js';
import { signJtexpress, signJtexpressCustomer } from '../../../src/workers/carriers/jtexpress/sign.js';
import { commandOf } from '../../support/command.js';

/** Made with openssl from the algorithm as it was read (the first two also by the reference), not with this code. */
const KEY = '0123456789abcdef0123456789abcdef';
const INTERCEPT = '{"mailNo":"JT0000000000001","applyTypeCode":4}';
const CUSTOMER = { code: 'J0000000001', password: 'TestPwd1' };
const NOW_MS = Date.parse('2025-01-01T02:00:00Z');

const command = commandOf({ waybillNo: 'JT0000000000001', carrier: 'jtexpress' });
const keys = (more: object = {}) => jtexpressCredentials.parse({ apiAccount: 'account', privateKey: KEY, ...more });
const contentOf = ({ body }: { body: string }) => new URLSearchParams(body).get('bizContent');

describe('the signatures of J&T', () => {
  it('of a request: base64 of the raw md5 over the JSON text and the private key', () => {
    expect(signJtexpress(INTERCEPT, KEY)).toBe('xRPI29YlD2JhzX7+3ueiuQ==');
    expect(signJtexpress('{"billCodes":"JT0000000000001"}', KEY)).toBe('CZdJX54MLq8kkigUCkhqRw==');
  });
  it('are over the UTF-8 bytes of Chinese text', () => {
    const text = '{"mailNo":"JT0000000000001","applyTypeCode":4,"reason":"退款拦截"}';
    expect(signJtexpress(text, KEY)).toBe('EVMgXK4iDOUTN+RnZou3zg==');
  });
  it('of a customer: over the code, the hashed password in upper case, and the private key', () => {
    expect(signJtexpressCustomer(CUSTOMER, KEY)).toBe('xasiRdhvzXE0MAkntQVWig==');
  });
});

describe('the requests of J&T', () => {
  it('are a form whose content is signed as it reads before it is url-encoded', () => {
    expect(createRequest(command, keys(), NOW_MS)).toEqual({
      method: 'POST',
      path: '/webopenplatformapi/api/waybill/intercept',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
        apiAccount: 'account',
        digest: 'xRPI29YlD2JhzX7+3ueiuQ==',
        timestamp: '1735696800000',
      },
      body: 'bizContent=%7B%22mailNo%22%3A%22JT0000000000001%22%2C%22applyTypeCode%22%3A4%7D',
      effect: 'write',
    });
  });
  it('look up by waybill, without an effect', () => {
    const request = trackRequest(command, keys(), NOW_MS);
    expect(request).toMatchObject({ path: '/webopenplatformapi/api/logistics/trace', effect: 'read' });
    expect(contentOf(request)).toBe('{"billCodes":"JT0000000000001"}');
    expect(request.headers.digest).toBe('CZdJX54MLq8kkigUCkhqRw==');
  });
  it('name the uuid of the test system in every address, and only where the account has one', () => {
    const test = keys({ uuid: '4a1d-0001' });
    expect(createRequest(command, test, NOW_MS).path).toBe('/webopenplatformapi/api/waybill/intercept?uuid=4a1d-0001');
    expect(trackRequest(command, test, NOW_MS).path).toBe('/webopenplatformapi/api/logistics/trace?uuid=4a1d-0001');
  });
  it('carry the customer and the reason only where the account says that they are needed', () => {
    const request = createRequest(command, keys({ customer: CUSTOMER, reason: '退款 拦截+1' }), NOW_MS);
    expect(JSON.parse(contentOf(request) ?? '')).toEqual({
      mailNo: 'JT0000000000001',
      applyTypeCode: 4,
      customerCode: 'J0000000001',
      digest: 'xasiRdhvzXE0MAkntQVWig==',
      reason: '退款 拦截+1',
    });
    expect(request.body).not.toContain('TestPwd1');
  });
});

describe('the credentials of J&T', () => {
  it('need nothing but the two of the contract, and believe no push then', () => {
    expect(keys()).toEqual({
      apiAccount: 'account',
      privateKey: KEY,
      emptyTrackIsNoScan: false,
      scanTypes: {},
      callbacks: { results: {}, ack: '{"code":"1","msg":"success","data":null}' },
      meanings: {},
    });
  });
  it('refuse what could not work: half a token, a short one, a phase or a meaning nobody has, a uuid with a second field', () => {
    const token = 'a-secret-of-ours-1';
    const odd = [
      { callbacks: { verifiedBy: 'token' } },
      { callbacks: { verifiedBy: 'token', token: 'short' } },
      { callbacks: { token } },
      { callbacks: { verifiedBy: 'signature', token } },
      { callbacks: { verifiedBy: 'nobody' } },
      { callbacks: { results: { '1': 'delivered' } } },
      { scanTypes: { 派件: 'somewhere' } },
      { uuid: 'a&apiAccount=b' },
      { customer: { code: 'J1' } },
      { reason: ' ' },
    ];
    for (const one of odd) expect(() => keys(one)).toThrow();
    expect(keys({ callbacks: { verifiedBy: 'token', token } }).callbacks.token).toBe(token);
  });
});
