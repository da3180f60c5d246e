import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { genericPlugin } from '../../../src/producers/platforms/generic/adapter.js';
import { GENERIC_CREDENTIALS } from '../../../src/producers/platforms/generic/manifest.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"test": 2432232314}';
const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const AT = new Date(1614265330_000);

/** Signed by the library of the specification, which the adapter does not use. */
const byLibrary = (secret: string, body = BODY, at = AT) => new Webhook(secret).sign(ID, at, body);

function verified(secret: string, signatures: string | undefined, more: Record<string, unknown> = {}): boolean {
  const { nowMs = AT.getTime(), body = BODY, id = ID, timestamp = '1614265330' } = more;
  const headers = {
    'webhook-id': id === null ? undefined : String(id),
    'webhook-timestamp': timestamp === null ? undefined : String(timestamp),
    'webhook-signature': signatures,
  };
  const webhook = { body: Buffer.from(String(body)), headers, query: {} };
  return genericPlugin(() => Number(nowMs))
    .create({ secret })
    .verify(webhook);
}

describe('the signature', () => {
  it('of the well-known example is taken (computed with openssl as well)', () => {
    const example = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
    expect(byLibrary(SECRET)).toBe(example);
    expect(verified(SECRET, example)).toBe(true);
  });

  it.each([SECRET, 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])(
    'of the library under %s is taken',
    (secret) => {
      expect(verified(secret, byLibrary(secret))).toBe(true);
      expect(verified(secret, byLibrary('whsec_AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH'))).toBe(false);
    },
  );

  it('under a secret of any text takes its bytes, and not what its base64 might mean', () => {
    const key = Buffer.from('our little secret', 'utf8');
    const sign = new Webhook(key, { format: 'raw' }).sign(ID, AT, BODY);
    expect(verified('our little secret', sign)).toBe(true);
    const short = new Webhook(Buffer.from('secretsecret', 'base64'), { format: 'raw' }).sign(ID, AT, BODY);
    expect(verified('secretsecret', short)).toBe(false);
  });

  it('is one of several, in any place, so that a secret can be changed', () => {
    const [right, wrong] = [byLibrary(SECRET), byLibrary('whsec_AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH')];
    expect(verified(SECRET, `${wrong} ${right}`)).toBe(true);
    expect(verified(SECRET, `v2,abc v1a,xyz ${right} ${wrong}`)).toBe(true);
    expect(verified(SECRET, `${wrong} ${wrong}`)).toBe(false);
    expect(verified(SECRET, `${Array(16).fill(wrong).join(' ')} ${right}`)).toBe(false);
  });

  it.each(['', ' ', 'v1,', 'v1', 'abc', 'v1,AAAA', `v2,${byLibrary(SECRET).slice(3)}`, byLibrary(SECRET).slice(3)])(
    'is not %j',
    (signatures) => {
      expect(verified(SECRET, signatures)).toBe(false);
    },
  );

  it('covers id, time and every byte', () => {
    const sign = byLibrary(SECRET);
    expect(verified(SECRET, sign, { id: 'msg_2' })).toBe(false);
    expect(verified(SECRET, sign, { id: '' })).toBe(false);
    expect(verified(SECRET, sign, { id: null })).toBe(false);
    expect(verified(SECRET, sign, { timestamp: '1614265331' })).toBe(false);
    expect(verified(SECRET, sign, { timestamp: null })).toBe(false);
    expect(verified(SECRET, sign, { body: `${BODY} ` })).toBe(false);
    expect(verified(SECRET, undefined)).toBe(false);
  });

  it.each([
    [300_000, true],
    [-300_000, true],
    [300_001, false],
    [-300_001, false],
  ])('may be %d ms away from our clock: %s', (awayMs, taken) => {
    expect(verified(SECRET, byLibrary(SECRET), { nowMs: AT.getTime() + awayMs })).toBe(taken);
  });

  it.each(['1614265330.0', '1614265330 ', '-1', 'now', '9'.repeat(20)])('has no time of %j', (timestamp) => {
    expect(verified(SECRET, byLibrary(SECRET), { timestamp })).toBe(false);
  });

  it('goes by the clock of the machine unless told otherwise', () => {
    const sign = new Webhook(SECRET).sign(ID, new Date(), BODY);
    const headers = {
      'webhook-id': ID,
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': sign,
    };
    expect(
      genericPlugin()
        .create({ secret: SECRET })
        .verify({ body: Buffer.from(BODY), headers, query: {} }),
    ).toBe(true);
  });
});

describe('the adapter', () => {
  const adapter = genericPlugin().create({ secret: SECRET });

  it('takes one secret and nothing else', () => {
    for (const given of [{}, { secret: '' }, { secret: 'whsec_' }, { secret: ' x' }, { secret: 'x', more: 1 }]) {
      expect(GENERIC_CREDENTIALS.safeParse(given).success).toBe(false);
    }
    expect(GENERIC_CREDENTIALS.safeParse({ secret: SECRET }).success).toBe(true);
  });

  it('acknowledges with 200 only what is stored', () => {
    const statuses = (['stored', 'bad_signature', 'overloaded'] as const).map((outcome) => adapter.ack(outcome).status);
    expect(statuses).toEqual([200, 401, 503]);
  });

  it('has nothing to be asked', async () => {
    const send = () => Promise.reject(new Error('nobody is called'));
    await expect(adapter.fetchDetail({ afterSaleId: '1', orderId: null }, { send }, 0)).rejects.toMatchObject({
      kind: 'bad_request',
    });
  });
});
