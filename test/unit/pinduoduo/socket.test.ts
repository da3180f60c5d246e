import { describe, expect, it } from '@jest/globals';
import type { SocketMessage, SocketSession } from '../../../src/domain/platform/socket.js';
import { pinduoduoPlugin } from '../../../src/producers/platforms/pinduoduo/adapter.js';
import { readMessage } from '../../../src/producers/platforms/pinduoduo/messages.js';
import { CAPTURED, CREDENTIALS } from './wire.js';

const NOW = 1_700_000_000_000;
const { credentials } = pinduoduoPlugin.manifest;
const HEART_BEAT = `{"id":0,"commandType":"HeartBeat","time":${NOW},"sendTime":${NOW}}`;

function socketOf(more: object = {}) {
  const { socket } = pinduoduoPlugin.create(credentials.parse({ ...CREDENTIALS, ...more }));
  if (!socket) throw new Error('no socket');
  return socket;
}

const common = (message: string, more = '"id":7000893114000949517,"sendTime":1700000000123,') =>
  `{${more}"appId":5031,"commandType":"Common","time":1700000000000,"message":${message}}`;
const MESSAGE = `{"type":"pdd_refund_RefundCreated","mallID":171504183,"content":${JSON.stringify(CAPTURED)}}`;

function told(session: SocketSession, frame: string): SocketMessage {
  const says = session.receive(frame, NOW);
  if (says.kind !== 'message') throw new Error(JSON.stringify(says));
  return says.message;
}

describe('the address', () => {
  it('is signed for the moment, and holds the sign to the letter', () => {
    expect(socketOf().url(NOW)).toBe(
      'wss://message-api.pinduoduo.com/message/dc0000000000000000000000000000aa/1700000000000/YTJmZjY2OTRlOTQ3MmEyODEzODBhMGYxMjcyYjQ4YWU=',
    );
  });

  it('may be the backup host or a service on this machine, and nothing without TLS elsewhere', () => {
    expect(socketOf({ messageUrl: 'wss://message-api.yangkeduo.com/' }).url(NOW)).toMatch(
      /^wss:\/\/message-api\.yangkeduo\.com\/message\/dc0/,
    );
    expect(socketOf({ messageUrl: 'ws://127.0.0.1:4711' }).url(NOW)).toMatch(/^ws:\/\/127\.0\.0\.1:4711\/message\/dc0/);
    for (const messageUrl of ['ws://message-api.pinduoduo.com', 'https://x', 'wss://x/?a=1', 'wss://x/#a', 'x', '']) {
      expect([messageUrl, credentials.safeParse({ ...CREDENTIALS, messageUrl }).success]).toEqual([messageUrl, false]);
    }
  });

  it('is one for all shops of an app, and another for another app or another service', () => {
    expect(socketOf({ accessToken: 'another shop' }).group).toBe(socketOf().group);
    expect(socketOf({ appKey: 'another' }).group).not.toBe(socketOf().group);
    expect(socketOf({ messageUrl: 'wss://message-api.yangkeduo.com' }).group).not.toBe(socketOf().group);
  });
});

describe('a session', () => {
  it('beats as soon as it is open, and listens from the platform’s first beat on', () => {
    const session = socketOf().session();
    expect(session.opening(NOW)).toEqual([`{"commandType":"HeartBeat","time":${NOW}}`]);
    expect(session.receive('{"commandType":"SomethingNew","time":1}', NOW).kind).toBe('nothing');
    expect([session.receive(HEART_BEAT, NOW).kind, session.receive(HEART_BEAT, NOW).kind]).toEqual([
      'ready',
      'nothing',
    ]);
    expect([socketOf().beatMs, socketOf().silenceMs]).toEqual([5_000, 180_000]);
  });

  it('takes a message that comes before the first beat', () => {
    const session = socketOf().session();
    expect(told(session, common(MESSAGE)).platformShopId).toBe('171504183');
    expect(session.receive(HEART_BEAT, NOW).kind).toBe('ready');
  });

  it('keeps a message for the shop it names, under the number of its frame', () => {
    expect(told(socketOf().session(), common(MESSAGE))).toMatchObject({
      platformShopId: '171504183',
      envelope: {
        eventId: '7000893114000949517',
        payload: JSON.stringify({ type: 'pdd_refund_RefundCreated', content: CAPTURED }),
      },
    });
  });

  it('answers with the echo of the frame, every digit of it', () => {
    const session = socketOf().session();
    const { receipt } = told(session, common(MESSAGE));
    const echo = '"sendTime":1700000000123,"type":"pdd_refund_RefundCreated","mallID":171504183';
    expect(session.confirm(receipt, NOW)).toBe(`{"id":7000893114000949517,"commandType":"Ack","time":${NOW},${echo}}`);
    expect(session.refuse(receipt, 'no "place"', NOW)).toBe(
      `{"id":7000893114000949517,"commandType":"Fail","time":${NOW},${echo},"failReason":"no \\"place\\""}`,
    );
    const long = JSON.parse(String(session.refuse(receipt, 'x'.repeat(5_000), NOW)));
    expect(long.failReason).toHaveLength(1_000);
  });

  it.each([
    ['no message at all', 'null', '', 'the type of the message is missing'],
    ['no seller', '{"type":"pdd_refund_RefundCreated","content":"{}"}', '', 'refund_id is missing'],
    [
      'a seller in words',
      '{"type":"pdd_refund_RefundCreated","mallID":"店","content":"{}"}',
      '',
      'refund_id is missing',
    ],
    ['no text in it', '{"type":"pdd_refund_RefundCreated","mallID":1,"content":{}}', '1', 'content is not text'],
    ['no type', '{"mallID":1,"content":"{}"}', '1', 'the type of the message is missing'],
  ])('keeps a message with %s, so that it is seen, and can confirm it', (_what, message, platformShopId, why) => {
    const session = socketOf().session();
    const kept = told(session, common(message, '"id":12,'));
    expect(kept).toMatchObject({ platformShopId, envelope: { eventId: '12' } });
    expect(JSON.parse(String(session.confirm(kept.receipt, NOW)))).toMatchObject({ id: 12, commandType: 'Ack' });
    expect(() => readMessage(kept.envelope.payload)).toThrow(why);
  });

  it.each([
    ['', 'a frame is not valid JSON'],
    ['[1]', 'a frame is not an object'],
    ['{"time":1}', 'a frame without a commandType'],
    ['{"commandType":"Heart Beat"}', 'a frame without a commandType'],
    [common(MESSAGE, ''), 'a message without an id'],
    [common(MESSAGE, '"id":"12a",'), 'a message without an id'],
    [common(MESSAGE, '"id":0,'), 'a message without an id'],
  ])('is broken by %s', (frame, why) => {
    const says = socketOf().session().receive(frame, NOW);
    expect(says).toEqual({ kind: 'broken', why: expect.stringContaining(why) });
  });

  it('is broken by bytes, and takes no receipt of somebody else', () => {
    const session = socketOf().session();
    expect(session.receive(Buffer.from(HEART_BEAT), NOW)).toMatchObject({ kind: 'broken' });
    for (const receipt of [null, undefined, 7, { id: 7 }])
      expect(() => session.confirm(receipt, NOW)).toThrow(TypeError);
  });
});
