import { describe, expect, it } from '@jest/globals';
import { readMessage, type Value, writeMessage } from '../../../sandbox/platforms/taobao/tmc-frame.js';
import { readEvent } from '../../../src/producers/platforms/taobao/events.js';
import { taobaoSocket } from '../../../src/producers/platforms/taobao/socket.js';
import { CREDENTIALS, credentials } from './given.js';

const NOW_MS = 1_700_000_000_000;
const ACK = writeMessage({ type: 1, token: 'tok-1', headers: {} });
const CONTENT =
  '{"refund_id":7000893114000949517,"tid":1234567890123456789,"refund_fee":"100.00","bill_type":"refund_bill","modified":"2021-08-27 08:02:10"}';

const data = (headers: Readonly<Record<string, Value>> = {}): Buffer =>
  writeMessage({
    type: 2,
    headers: {
      __kind: 3,
      id: 7000893114000949599n,
      topic: 'taobao_refund_RefundCreated',
      content: CONTENT,
      userid: 2074690906n,
      retried: 0,
      ...headers,
    },
  });

function ready() {
  const session = taobaoSocket(CREDENTIALS).session();
  expect(session.receive(ACK, NOW_MS)).toEqual({ kind: 'ready' });
  return session;
}

describe('the connection', () => {
  it('signs in with the group, is ready with the token, and says so in every later frame', () => {
    const socket = taobaoSocket(CREDENTIALS);
    const session = socket.session();
    const [connect] = session.opening(NOW_MS);
    expect(readMessage(connect as Buffer)).toMatchObject({
      type: 0,
      headers: {
        app_key: '12345678',
        group_name: 'default',
        timestamp: '1700000000000',
        sign: '463120FB75D2A27E76C4006CB2B0E07D',
      },
    });
    expect(session.receive(ACK, NOW_MS)).toEqual({ kind: 'ready' });
    expect(readMessage(session.beat(NOW_MS) as Buffer)).toEqual({ type: 2, token: 'tok-1', headers: { __kind: 1 } });
    expect([socket.url(NOW_MS), socket.beatMs]).toEqual(['ws://mc.api.taobao.com/', 5_000]);
  });

  it('shops of one app and group share it, others do not, and its name holds no key', () => {
    const group = (more: object) => taobaoSocket(credentials({ ...more })).group;
    expect(group({ accessToken: 'another' })).toBe(group({}));
    const others = [{ appKey: '87654321' }, { messageGroup: 'refunds' }, { messageUrl: 'wss://example.com/' }];
    expect(new Set([{}, ...others].map(group)).size).toBe(4);
    expect(group({})).not.toContain('12345678');
  });

  it.each([
    ['ws://mc.api.taobao.com/', true],
    ['ws://mc.api.tbsandbox.com/', true],
    ['ws://127.0.0.1:8080/', true],
    ['wss://messages.example.com/', true],
    ['ws://messages.example.com/', false],
    ['https://mc.api.taobao.com/', false],
    ['mc.api.taobao.com', false],
  ])('may be made to %s: %s', (messageUrl, may) => {
    const parse = () => credentials({ messageUrl });
    if (may) expect(parse().messageUrl).toBe(messageUrl);
    else expect(parse).toThrow(/documented host/);
  });
});

describe('messages', () => {
  it('a message becomes an envelope for its seller, its ids to the last digit, and is confirmed by its id', () => {
    const session = ready();
    const says = session.receive(data(), NOW_MS);
    if (says.kind !== 'message') throw new Error(says.kind);
    const { platformShopId, envelope, receipt } = says.message;
    expect([platformShopId, envelope.eventId]).toEqual(['2074690906', '7000893114000949599']);
    expect(JSON.parse(envelope.payload)).toEqual({ topic: 'taobao_refund_RefundCreated', content: CONTENT });
    expect(readEvent(envelope.payload)).toMatchObject({
      kind: 'after_sale',
      afterSaleId: '7000893114000949517',
      update: { facts: { orderId: '1234567890123456789', refundAmountFen: 10_000 } },
    });
    expect(readMessage(session.confirm(receipt, NOW_MS) as Buffer)).toEqual({
      type: 2,
      token: 'tok-1',
      headers: { __kind: 2, id: 7000893114000949599n },
    });
    expect(readMessage(session.refuse(receipt, 'not stored', NOW_MS) as Buffer)).toEqual({
      type: 2,
      token: 'tok-1',
      headers: { __kind: 20, id: 7000893114000949599n, msg: 'not stored' },
    });
  });

  it('a message of a topic nobody knows, without content or without a seller is kept for the inbox to explain', () => {
    const of = (more: Readonly<Record<string, Value>>) => {
      const says = ready().receive(data(more), NOW_MS);
      return says.kind === 'message' ? [says.message.platformShopId, says.message.envelope.payload] : says.kind;
    };
    expect(of({ topic: 'x', content: null })).toEqual(['2074690906', '{"topic":"x","content":null}']);
    expect(of({ userid: null })).toEqual(['', expect.any(String)]);
    expect(of({ userid: -5 })).toEqual(['', expect.any(String)]);
  });

  it('small ids come in narrower forms, and as text', () => {
    for (const id of [7, '7', 7n]) {
      expect(ready().receive(data({ id }), NOW_MS)).toMatchObject({ message: { envelope: { eventId: '7' } } });
    }
  });

  it('what is no message is nothing', () => {
    for (const headers of [{}, { __kind: 0 }, { __kind: 1 }, { __kind: 2, id: 7n }]) {
      expect(ready().receive(writeMessage({ type: 2, headers }), NOW_MS)).toEqual({ kind: 'nothing' });
    }
    expect(ready().receive(writeMessage({ type: 3, headers: {} }), NOW_MS)).toEqual({ kind: 'nothing' });
  });

  it.each([
    ['a text', 'CONNECTACK', 'a text where the protocol is binary'],
    ['half a frame', data().subarray(0, 30), 'a text is cut off at byte 27'],
    ['no id', data({ id: null }), 'a message without an id'],
    ['an id that is no int64', data({ id: '99999999999999999999' }), 'a message without an id'],
    [
      'a refusal',
      writeMessage({ type: 1, status: { code: 25, phrase: 'Invalid signature' }, headers: {} }),
      'status 25 Invalid signature',
    ],
    ['no token', writeMessage({ type: 1, headers: {} }), 'CONNECTACK without a token'],
  ])('%s breaks the connection, with the reason', (_, frame, why) => {
    const says = ready().receive(frame, NOW_MS);
    expect(says.kind).toBe('broken');
    expect(says).toMatchObject({
      why: expect.stringContaining(why.replace(/ at byte.*/, '').replace('a text is', 'is')),
    });
  });

  it('a message before the token cannot be confirmed, so the connection is made anew', () => {
    const session = taobaoSocket(CREDENTIALS).session();
    expect(session.receive(data(), NOW_MS)).toEqual({ kind: 'broken', why: 'message type 2 before CONNECTACK' });
  });

  it('a receipt of another making is refused, not confirmed as something else', () => {
    expect(() => ready().confirm({ id: '7' }, NOW_MS)).toThrow(TypeError);
  });
});
