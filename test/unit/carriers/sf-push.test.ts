import { describe, expect, it } from '@jest/globals';
import { ackSfPush, readSfPush, verifySfPush } from '../../../src/workers/carriers/sf/push.js';
import { signSf } from '../../../src/workers/carriers/sf/sign.js';
import { CHECK_WORD, sfKeys } from './sf-account.js';

const TOKEN = 'push-token-of-the-demo';
const ROUTE = {
  id: '16773',
  mailno: 'SF0000000000001',
  orderid: 'QIAO-1',
  acceptTime: '2025-01-01 10:00:00',
  acceptAddress: '深圳市',
  remark: '正在派送途中',
  opCode: '44',
  reasonName: '',
  reasonCode: '',
};
const BODY = JSON.stringify({ Body: { WaybillRoute: [ROUTE] } });

const bare = (query: Record<string, string | undefined> = {}, body = BODY) => ({
  body: Buffer.from(body),
  headers: {},
  query,
});
const keys = (more: object = {}) => sfKeys({ pushToken: TOKEN, ...more });

function signed(change: Record<string, string> = {}, raw = false) {
  const form = { partnerID: 'PARTNER', requestID: 'r', serviceCode: 'x', timestamp: '1700000000000', msgData: BODY };
  const msgDigest = signSf(form.msgData, form.timestamp, CHECK_WORD, raw);
  return bare({}, new URLSearchParams({ ...form, msgDigest, ...change }).toString());
}

describe('a bare push of SF, which carries no signature', () => {
  it('is verified by the secret in the registered address, to the letter', () => {
    expect(verifySfPush(bare({ pushToken: TOKEN }), keys())).toBe(true);
    for (const pushToken of [undefined, '', `${TOKEN}x`, TOKEN.slice(1), TOKEN.toUpperCase()]) {
      expect(verifySfPush(bare({ pushToken }), keys())).toBe(false);
    }
    expect(verifySfPush(bare({ token: TOKEN }), keys())).toBe(false);
  });
  it('is refused while the account has no secret, whatever it carries', () => {
    for (const pushToken of [undefined, '', 'undefined', 'null', TOKEN]) {
      expect(verifySfPush(bare({ pushToken }), sfKeys())).toBe(false);
    }
  });
  it('is read with the time of China, one scan or more', () => {
    const sighting = {
      at: new Date('2025-01-01T02:00:00Z'),
      phase: 'out_for_delivery',
      rawCode: '44',
      text: '正在派送途中',
      place: '深圳市',
      source: 'push',
    };
    expect(readSfPush(bare(), keys())).toEqual([{ waybillNo: 'SF0000000000001', status: null, sighting }]);
    const other = { ...ROUTE, mailno: ' sf0000000000002', opCode: 80 };
    const read = readSfPush(bare({}, JSON.stringify({ Body: { WaybillRoute: [ROUTE, other] } })), keys());
    expect(read.map(({ waybillNo, sighting: seen }) => [waybillNo, seen?.phase])).toEqual([
      ['SF0000000000001', 'out_for_delivery'],
      ['SF0000000000002', 'delivered'],
    ]);
  });
});

describe('a push of SF as a form', () => {
  it('is verified as requests are signed, without a secret in the address', () => {
    expect(verifySfPush(signed(), sfKeys())).toBe(true);
    expect(verifySfPush(signed({}, true), sfKeys())).toBe(false);
    expect(verifySfPush(signed({}, true), sfKeys({ rawDigest: true }))).toBe(true);
    for (const change of [{ msgData: `${BODY} ` }, { timestamp: '1' }, { partnerID: 'x' }, { msgDigest: '' }]) {
      expect(verifySfPush(signed(change), sfKeys())).toBe(false);
    }
    expect(readSfPush(signed(), sfKeys())).toEqual(readSfPush(bare(), sfKeys()));
  });
  it('is not saved by a secret in the address when its digest is wrong', () => {
    const forged = { ...signed({ msgDigest: 'x' }), query: { pushToken: TOKEN } };
    expect(verifySfPush(forged, keys())).toBe(false);
  });
  it('is not verified if a second text hides behind the signed one', () => {
    const text = Buffer.from(signed().body).toString();
    for (const more of ['&msgData=%7B%7D', '&timestamp=1', '&msgDigest=x', '&partnerID=PARTNER']) {
      expect(verifySfPush(bare({}, `${text}${more}`), sfKeys())).toBe(false);
    }
  });
  it('does not lend its digest to JSON that is read instead of it', () => {
    const copied = Buffer.from(signed().body).toString();
    const forged = JSON.stringify({ Body: { WaybillRoute: [ROUTE] }, x: `&${copied}&` });
    expect(verifySfPush(bare({}, forged), sfKeys())).toBe(false);
  });
});

describe('the acknowledgement', () => {
  it('is return_code 0000 only for what is stored', () => {
    expect(JSON.parse(ackSfPush('stored').body)).toEqual({ return_code: '0000', return_msg: '成功' });
    for (const outcome of ['bad_signature', 'overloaded'] as const) {
      expect(JSON.parse(ackSfPush(outcome).body).return_code).not.toBe('0000');
    }
  });
});
