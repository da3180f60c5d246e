import { describe, expect, it } from '@jest/globals';
import { maskExchange } from '../../../src/workers/carriers/mask.js';
import { cancelRequest, createRequest, tokenRequest, trackRequest } from '../../../src/workers/carriers/sf/requests.js';
import { signSf } from '../../../src/workers/carriers/sf/sign.js';
import { ADDRESS, CHECK_WORD, contentOf, formOf, NOW_MS, sfKeys, sfOrder } from './sf-account.js';

/** Values of the reference; they were not made with this code. */
const CREATE =
  '{"waybillNo":"SF0000000000001","serviceCode":"2","role":"1","payMode":"4","monthlyCardNo":"0000000000","newDestAddress":{"province":"广东省","city":"深圳市","county":"南山区","address":"测试路1号","contact":"测试收件人","phone":"13000000000"}}';
const ENCODED = 'gtLcFbxao859LN6T0fPcpA==';
const RAW = 'vMQC4F5oCz7SJckwHw1D4A==';

const sending = { requestId: '4711-1', nowMs: NOW_MS, token: null };
const sendingWith = { ...sending, token: 'token-1' };

describe('the digest of SF', () => {
  it('is the base64 of the raw md5 over the url-encoded text, or over the text as it is', () => {
    expect(signSf(CREATE, '1700000000000', CHECK_WORD, false)).toBe(ENCODED);
    expect(signSf(CREATE, '1700000000000', CHECK_WORD, true)).toBe(RAW);
  });
  // md5 of the text as Java's URLEncoder writes it, `a+%2B%7E*-._%21%27%28%29%E4%B8%AD1s`, made with md5sum.
  it('url-encodes as Java does: blanks as plus, and nothing but letters, digits and *-._ as it is', () => {
    expect(signSf("a +~*-._!'()中", '1', 's', false)).toBe('9WC3HV7tOfFey4zaq4v5Vw==');
  });
});

describe('the requests of SF', () => {
  it('carry the signed text in a form, with the address that a return must have', () => {
    const request = createRequest(sfOrder(), ADDRESS, sfKeys(), sending);
    expect(request).toMatchObject({
      method: 'POST',
      path: '/std/service',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      effect: 'write',
    });
    expect(formOf(request)).toEqual({
      partnerID: 'PARTNER',
      requestID: '4711-1',
      serviceCode: 'EXP_RECE_WANTED_INTERCEPT',
      timestamp: '1700000000000',
      msgDigest: ENCODED,
      msgData: CREATE,
    });
    expect(formOf(createRequest(sfOrder(), ADDRESS, sfKeys({ rawDigest: true }), sending)).msgDigest).toBe(RAW);
  });
  it('say seconds where the account does, and sign those', () => {
    const { timestamp, msgDigest } = formOf(createRequest(sfOrder(), ADDRESS, sfKeys({ timestampUnit: 's' }), sending));
    expect([timestamp, msgDigest]).toEqual(['1700000000', signSf(CREATE, '1700000000', CHECK_WORD, false)]);
  });
  it('carry a token instead of a digest, never both', () => {
    const form = formOf(createRequest(sfOrder(), ADDRESS, sfKeys({ auth: 'token' }), sendingWith));
    expect([form.accessToken, form.msgDigest]).toEqual(['token-1', undefined]);
    const asked = tokenRequest(sfKeys({ auth: 'token' }));
    expect([asked.path, asked.effect]).toEqual(['/oauth2/accessToken', 'read']);
    expect(formOf(asked)).toEqual({ partnerID: 'PARTNER', secret: CHECK_WORD, grantType: 'password' });
  });
  it('name the monthly card only where it pays', () => {
    const content = (payMode: string) => contentOf(createRequest(sfOrder(), ADDRESS, sfKeys({ payMode }), sending));
    expect(content('3')).toMatchObject({ payMode: '3', monthlyCardNo: '0000000000' });
    expect(content('2')).not.toHaveProperty('monthlyCardNo');
  });
  it('take an order back by its number, without an address', () => {
    const request = cancelRequest(sfOrder({ carrierRef: 'ZL1' }), sfKeys(), sending);
    expect(request.effect).toBe('write');
    expect(contentOf(request)).toEqual({
      waybillNo: 'SF0000000000001',
      serviceCode: '2',
      role: '1',
      payMode: '4',
      monthlyCardNo: '0000000000',
      cancel: true,
      cusId: 'ZL1',
    });
  });
  it('look up by waybill and phone, without an effect', () => {
    const request = trackRequest('SF0000000000001', '0012', sfKeys(), sending);
    expect([request.effect, formOf(request).serviceCode]).toEqual(['read', 'EXP_RECE_SEARCH_ROUTES']);
    expect(contentOf(request)).toEqual({
      language: '0',
      trackingType: '1',
      trackingNumber: ['SF0000000000001'],
      methodType: '1',
      checkPhoneNo: '0012',
    });
    expect(contentOf(trackRequest('SF1', null, sfKeys(), sending))).not.toHaveProperty('checkPhoneNo');
  });
});

describe('what is kept of the requests of SF', () => {
  const kept = (request: Parameters<typeof maskExchange>[0]['request'], text = '') =>
    JSON.stringify(maskExchange({ request, response: { status: 200, headers: {}, text }, fault: null }, [CHECK_WORD]));
  it('holds no phone tail, no address and no proof', () => {
    const requests = [
      createRequest(sfOrder(), ADDRESS, sfKeys(), sending),
      createRequest(sfOrder(), ADDRESS, sfKeys(), sendingWith),
      trackRequest('SF0000000000001', '9876', sfKeys(), sending),
      tokenRequest(sfKeys()),
    ];
    const personal = ['9876', '13000000000', ...Object.values(ADDRESS).filter((text) => /测试/.test(text))];
    const secret = [ENCODED, 'token-1', CHECK_WORD];
    const said = decodeURIComponent(
      requests
        .map((request) => kept(request))
        .join('')
        .replaceAll('%22', "'"),
    );
    for (const text of [...personal, ...secret]) expect(said).not.toContain(text);
    expect(said).toContain('SF0000000000001');
    expect(said).toContain('4711-1');
  });
  it('holds no token that was issued, and no words about a person on the road', () => {
    const issued = kept(tokenRequest(sfKeys()), '{"apiResultCode":"A1000","accessToken":"AT-SECRET"}');
    const inner = { routeResps: [{ mailNo: 'SF1', routes: [{ acceptAddress: '测试路', remark: '张三 签收' }] }] };
    const data = JSON.stringify({ success: true, errorCode: 'S0000', msgData: inner });
    const track = kept(tokenRequest(sfKeys()), JSON.stringify({ apiResultCode: 'A1000', apiResultData: data }));
    expect(issued).not.toContain('AT-SECRET');
    for (const text of ['测试路', '张三']) expect(track).not.toContain(text);
    expect(track).toContain('S0000');
  });
});

describe('the credentials of SF', () => {
  it('need nothing but the three of the contract', () => {
    expect(sfKeys()).toEqual({
      partnerId: 'PARTNER',
      checkWord: CHECK_WORD,
      monthlyCard: '0000000000',
      auth: 'digest',
      rawDigest: false,
      timestampUnit: 'ms',
      tokenKeptMs: 6_600_000,
      newRequestIdPerSend: false,
      role: '1',
      payMode: '4',
      cancelNeedsCusId: true,
      monthlyCardBound: false,
      returnCodes: [],
      followReturn: false,
      meanings: {},
    });
  });
  it('refuse a line end copied along: SF calls that a missing right', () => {
    for (const bad of ['PARTNER\r', ' PARTNER', 'PART NER', '']) expect(() => sfKeys({ partnerId: bad })).toThrow();
    expect(() => sfKeys({ checkWord: `${CHECK_WORD}\n` })).toThrow('blanks');
  });
  it('refuse a phone tail that is not one, and a push secret that can be guessed', () => {
    for (const senderPhoneTail of ['123', '13000000000', '12a4', 1234])
      expect(() => sfKeys({ senderPhoneTail })).toThrow();
    for (const pushToken of ['short', 'with blank in the token', `${'x'.repeat(20)}&a=b`, '']) {
      expect(() => sfKeys({ pushToken })).toThrow('16 to 128');
    }
  });
});
