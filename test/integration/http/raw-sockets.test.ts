import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ipKeyGenerator } from 'express-rate-limit';
import { rawClient } from '../../support/raw-client.js';
import { DOUYIN_KEYS, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
beforeAll(async () => {
  rig = await webRig();
  await rig.addUser('op@example.com', 'operator');
});
afterAll(() => rig.close());

const CRLF = '\r\n';
const HOST = 'Host: jj.example';
/** Stands behind the first request; if it is answered, two parties would not agree where the first one ended. */
const SMUGGLED = ['GET /livez HTTP/1.1', HOST, 'X-Smuggled: 1', '', ''].join(CRLF);

/** A request to a webhook with these lines of header and this body. */
const post = (lines: readonly string[], body: string) =>
  ['POST /webhooks/douyin/dy-main HTTP/1.1', HOST, ...lines, '', body].join(CRLF);

/** Requests of which two servers could read two different ends (F64). */
const AMBIGUOUS: readonly [string, string][] = [
  ['length and chunks', post(['Content-Length: 6', 'Transfer-Encoding: chunked'], `0${CRLF}${CRLF}${SMUGGLED}`)],
  ['chunks and length', post(['Transfer-Encoding: chunked', 'Content-Length: 5'], `0${CRLF}${CRLF}${SMUGGLED}`)],
  ['two lengths', post(['Content-Length: 0', `Content-Length: ${SMUGGLED.length}`], SMUGGLED)],
  ['two equal lengths', post(['Content-Length: 0', 'Content-Length: 0'], SMUGGLED)],
  ['a list of lengths', post(['Content-Length: 0, 5'], SMUGGLED)],
  ['a signed length', post(['Content-Length: +0'], SMUGGLED)],
  ['a negative length', post(['Content-Length: -1'], SMUGGLED)],
  ['a hex length', post(['Content-Length: 0x0'], SMUGGLED)],
  ['a space before the colon', post(['Content-Length : 0'], SMUGGLED)],
  ['chunks that are not last', post(['Transfer-Encoding: chunked, identity'], `0${CRLF}${CRLF}${SMUGGLED}`)],
  ['another coding', post(['Transfer-Encoding: xchunked'], `0${CRLF}${CRLF}${SMUGGLED}`)],
  ['a tab before chunked', post(['Transfer-Encoding:\tchunked', 'Content-Length: 0'], `0${CRLF}${CRLF}${SMUGGLED}`)],
  ['a folded header', post(['Transfer-Encoding:', ' chunked', 'Content-Length: 0'], SMUGGLED)],
  ['a chunk size that is none', post(['Transfer-Encoding: chunked'], `zz${CRLF}${CRLF}${SMUGGLED}`)],
  ['a chunk longer than it says', post(['Transfer-Encoding: chunked'], `1${CRLF}ab${CRLF}0${CRLF}${CRLF}${SMUGGLED}`)],
  ['an immense chunk', post(['Transfer-Encoding: chunked'], `ffffffffffffffff1${CRLF}a${CRLF}${SMUGGLED}`)],
  ['a zero byte in a header', post(['X-A: a\0b', 'Content-Length: 0'], SMUGGLED)],
  ['a bare return in a header', post(['X-A: a\rContent-Length: 9', 'Content-Length: 0'], SMUGGLED)],
  ['no host', ['GET /livez HTTP/1.1', '', SMUGGLED].join(CRLF)],
  ['a version that is none', ['GET /livez HTTP/9.9', HOST, '', SMUGGLED].join(CRLF)],
  ['a header line without a name', post([': x', 'Content-Length: 0'], SMUGGLED)],
];

describe('a request that can be read in two ways (S8)', () => {
  it.each(AMBIGUOUS)('with %s is refused, and nothing behind it is read', async (_, bytes) => {
    const client = rawClient(rig.url, bytes);
    await client.closed();
    expect(client.said()).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(client.said().match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(client.said()).not.toContain('"status":"ok"');
  });

  it('is told apart from two honest requests in one packet', async () => {
    const client = rawClient(rig.url, SMUGGLED + SMUGGLED);
    await client.hears(/"status":"ok"[\s\S]*"status":"ok"/);
    client.socket.destroy();
  });

  it('left nothing in the inbox', async () => {
    expect(await rig.db.rows('SELECT id FROM inbox')).toEqual([]);
  });
});

describe('a slow or endless sender (S7)', () => {
  it('of headers or of a body is cut off', async () => {
    const headers = rawClient(rig.url, `GET /livez HTTP/1.1${CRLF}${HOST}${CRLF}X-Slow: `);
    const body = rawClient(rig.url, post(['Content-Length: 60000'], 'x'));
    const drip = setInterval(() => {
      for (const { socket } of [headers, body]) socket.write('a');
    }, 200);
    await Promise.all([headers.closed(30_000), body.closed(30_000)]);
    clearInterval(drip);
    for (const { said } of [headers, body]) expect(said()).toMatch(/^HTTP\/1\.1 408 /);
  }, 40_000);

  it('of headers without an end is refused at 16 KiB', async () => {
    const client = rawClient(rig.url, `GET /livez HTTP/1.1${CRLF}${HOST}${CRLF}X-Long: ${'a'.repeat(17 * 1_024)}`);
    await client.closed();
    expect(client.said()).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('who opens 500 connections and says nothing keeps no webhook out', async () => {
    const idle = Array.from({ length: 500 }, () => rawClient(rig.url));
    const body = JSON.stringify([{ tag: '200', msg_id: 'm-idle', data: '{}' }]);
    const sign = createHash('md5')
      .update(DOUYIN_KEYS.appKey + body + DOUYIN_KEYS.appSecret)
      .digest('hex');
    const headers = { 'app-id': DOUYIN_KEYS.appKey, 'event-sign': sign };
    const answer = await fetch(`${rig.url}/webhooks/douyin/dy-main`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    for (const { socket } of idle) socket.destroy();
  });
});

describe('the address that limits count by (S9)', () => {
  it('is one for an IPv4 address however it is written, and the network of an IPv6 one', () => {
    for (const same of ['1.2.3.4', '::ffff:1.2.3.4', '::ffff:102:304']) expect(ipKeyGenerator(same)).toBe('1.2.3.4');
    expect(ipKeyGenerator('2001:db8:1:2::1')).toBe(ipKeyGenerator('2001:db8:1:3:ffff::9'));
    expect(ipKeyGenerator('2001:db8:1::1')).not.toBe(ipKeyGenerator('2001:db9:1::1'));
  });

  it('cannot be made up by whoever sends X-Forwarded-For, as long as no proxy is configured', async () => {
    const guess = (n: number) =>
      fetch(`${rig.url}/api/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.51.100.${n}` },
        body: JSON.stringify({ email: 'op@example.com', password: `guess ${n}` }),
      });
    const statuses: number[] = [];
    for (let n = 1; n <= 11; n += 1) statuses.push((await guess(n)).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });
});
