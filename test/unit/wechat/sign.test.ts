import { describe, expect, it } from '@jest/globals';
import { wechatPlugin } from '../../../src/producers/platforms/wechat/adapter.js';
import { decryptMessage } from '../../../src/producers/platforms/wechat/cipher.js';
import { WECHAT_CREDENTIALS } from '../../../src/producers/platforms/wechat/manifest.js';
import { isSigned, pushSign } from '../../../src/producers/platforms/wechat/sign.js';
import { bytes, CREDENTIALS, encryptBlock, plainBlock, pushOf, signedPush, VECTOR } from './wire.js';

const { token, timestamp, nonce, encrypt, sign, key, appId, text } = VECTOR;
const adapter = wechatPlugin.create(CREDENTIALS);
const open = (plain: Buffer) => decryptMessage(key, encryptBlock(plain));

describe('the signature', () => {
  it('of a message is that of the reference, computed by another program', () => {
    expect(pushSign(token, timestamp, nonce, encrypt)).toBe(sign);
    expect(isSigned(sign.toUpperCase(), nonce, token, encrypt, timestamp)).toBe(true);
  });

  it('of the address check leaves the message out (computed with sha1sum)', () => {
    expect(pushSign(token, timestamp, nonce)).toBe('6c5c811b55cc85e0e1b54100749188c20beb3f5d');
  });

  it.each(['', 'abc', `${VECTOR.sign}0`, 'g'.repeat(40), 'é'.repeat(40), '0'.repeat(40)])('refuses %j', (given) => {
    expect(isSigned(given, token, timestamp, nonce, encrypt)).toBe(false);
  });
});

describe('the encryption', () => {
  it('opens the vector of the reference', () => {
    expect(encrypt).toMatch(/^Q3stYC6hdFzMh9T8HCvyDO1n\/r5UHgDW/);
    expect(decryptMessage(key, encrypt)).toEqual({ text, appId });
  });

  it('takes every length of padding, because the platform pads to 32 bytes and AES to 16', () => {
    for (let length = 0; length < 40; length += 1) {
      expect(open(plainBlock('x'.repeat(length)))).toEqual({ text: 'x'.repeat(length), appId });
    }
  });

  it.each([
    ['a length that reaches beyond the end', plainBlock('{}', appId, 10_000)],
    ['a length of four thousand million', plainBlock('{}', appId, 0xffffffff)],
    ['padding of none', Buffer.alloc(64)],
    ['padding of 33', Buffer.alloc(64, 33)],
    ['padding that is not equal', Buffer.concat([Buffer.alloc(60, 1), Buffer.from([7, 8, 9, 4])])],
    ['nothing but padding', Buffer.alloc(32, 32)],
    ['text that is not UTF-8', plainBlock(Buffer.from([0xff, 0xfe]))],
  ])('gives null for %s', (_what, plain) => {
    expect(open(plain)).toBeNull();
  });

  it.each([
    '',
    'not base64!',
    'AAAA',
    encrypt.slice(0, 40),
    `${encrypt}===`,
    encryptBlock(plainBlock('{}'), 'Z'.repeat(43)),
  ])('gives null for %.40s', (given) => {
    expect(decryptMessage(key, given)).toBeNull();
  });

  it('takes only keys of 43 characters', () => {
    for (const encodingAesKey of ['', key.slice(1), `${key}=`, `${key.slice(1)}!`]) {
      expect(WECHAT_CREDENTIALS.safeParse({ ...CREDENTIALS, encodingAesKey }).success).toBe(false);
      expect(decryptMessage(encodingAesKey, encrypt)).toBeNull();
    }
  });
});

describe('a push', () => {
  it('is genuine when it is signed, encrypted and made for our store', () => {
    expect(adapter.verify(signedPush(encrypt))).toBe(true);
    expect(adapter.verify(pushOf('{}'))).toBe(true);
    expect(adapter.verify(signedPush(encryptBlock(plainBlock(text, 'wx0000000000000000'))))).toBe(false);
    expect(adapter.verify(signedPush(encryptBlock(plainBlock(text, ''))))).toBe(false);
    expect(adapter.verify(signedPush('AAAA'))).toBe(false);
  });

  it.each(['timestamp', 'nonce', 'msg_signature'])('is not without %s', (name) => {
    expect(adapter.verify(signedPush(encrypt, { [name]: undefined }))).toBe(false);
  });

  it('is not verified by `signature`, which does not cover the message', () => {
    const wrong = { signature: pushSign(token, timestamp, nonce), msg_signature: pushSign(token, timestamp, nonce) };
    expect(adapter.verify(signedPush(encrypt, wrong))).toBe(false);
  });

  it.each(['', '[]', '{}', '{"Encrypt":7}', 'not json', '{"Encrypt":'])('with the body %j is not verified', (body) => {
    const push = { ...signedPush(encrypt), body: bytes(body) };
    expect([adapter.verify(push), adapter.envelopes(push)]).toEqual([false, []]);
  });

  it('is acknowledged by `success`, and only when it is stored', () => {
    expect(adapter.ack('stored')).toEqual({ status: 200, contentType: 'text/plain; charset=utf-8', body: 'success' });
    expect([adapter.ack('bad_signature').status, adapter.ack('overloaded').status]).toEqual([401, 503]);
  });
});

describe('the check of the address', () => {
  const query = { signature: pushSign(token, timestamp, nonce), timestamp, nonce, echostr: '4375120948345356249' };

  it('is answered with its own text', () => {
    expect(adapter.answerCheck?.({ query })).toMatchObject({ status: 200, body: '4375120948345356249' });
  });

  it('is refused with another signature, and is none without all four parameters', () => {
    expect(adapter.answerCheck?.({ query: { ...query, signature: '0'.repeat(40) } })).toMatchObject({ status: 401 });
    for (const name of Object.keys(query)) {
      expect(adapter.answerCheck?.({ query: { ...query, [name]: undefined } })).toBeNull();
    }
  });
});
