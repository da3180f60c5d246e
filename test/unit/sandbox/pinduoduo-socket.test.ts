import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { until } from '../../support/until.js';
import { callPinduoduo, PINDUODUO_KEYS, pinduoduoRefund, pmcAddress, startPinduoduo } from './running-pinduoduo.js';
import type { Json, TwinUnderTest } from './running-twins.js';

const ID = '7381745730114950123';

let twin: TwinUnderTest;
let folder: string;
let ledgerFile: string;
const sockets: WebSocket[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pdd-'));
  ledgerFile = join(folder, 'ledger.jsonl');
  twin = await startPinduoduo({ timeScale: 0.001, ledgerFile });
  await twin.control('POST', '/refunds', [pinduoduoRefund(ID)]);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await twin.close();
  await rm(folder, { recursive: true, force: true });
});

/** A client that is connected, with the texts it heard. */
async function client(url = pmcAddress(twin.baseUrl)) {
  const socket = new WebSocket(url);
  sockets.push(socket);
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  socket.on('error', () => socket.terminate());
  await once(socket, 'open');
  const say = (value: Json | string) => socket.send(typeof value === 'string' ? value : JSON.stringify(value));
  return { socket, heard, say, messages: () => heard.filter((text) => text.includes('"Common"')) };
}

const beat = () => ({ commandType: 'HeartBeat', time: Date.now() });
const emit = (...events: readonly Json[]) => twin.control('POST', '/emit', { events });
const counts = async () => (await twin.summary()).messages as Json;

/** An answer in the words of the official client; `change` replaces members. */
function answer(text: string, commandType: string, change: Json = {}): string {
  const { sendTime, message } = JSON.parse(text);
  const members = { commandType, time: Date.now(), sendTime, type: message.type, mallID: message.mallID, ...change };
  const id = /"id":(\d+)/.exec(text)?.[1];
  return JSON.stringify(members).replace('{', `{"id":${id},`);
}

describe('the address', () => {
  it.each([
    ['another secret', { secret: 'x' }],
    ['another app', { clientId: 'ab' }],
    ['a moment an hour ago', { at: Date.now() - 3_600_000 }],
  ])('is refused with %s', async (_what, wrong) => {
    await expect(client(pmcAddress(twin.baseUrl, wrong))).rejects.toThrow();
    expect(await twin.summary()).toMatchObject({ badSignature: 1 });
  });

  it('is refused anywhere else', async () => {
    await expect(client(`${twin.baseUrl.replace('http', 'ws')}/message`)).rejects.toThrow();
  });

  it('needs no sign-in by frame: a beat is answered by a beat', async () => {
    const { heard, say } = await client();
    say(beat());
    await until(() => heard.length === 1, { what: 'the beat' });
    expect(JSON.parse(heard[0] ?? '')).toMatchObject({ commandType: 'HeartBeat', time: expect.any(Number) });
  });
});

describe('a message', () => {
  it('is a text frame whose content is JSON as text, every digit of its ids kept', async () => {
    const { messages } = await client();
    await emit({ refundId: ID });
    await until(() => messages().length === 1, { what: 'the message' });
    const [text = ''] = messages();
    expect(text).toMatch(
      /^\{"id":7\d{18},"appId":5031,"commandType":"Common","time":\d{13},"sendTime":\d{13},"message":/,
    );
    const { type, mallID, content } = JSON.parse(text).message;
    expect([type, mallID]).toEqual(['pdd_refund_RefundCreated', Number(PINDUODUO_KEYS.mallId)]);
    expect(content).toMatch(
      new RegExp(
        `^\\{"mall_id":171504183,"refund_fee":8900,"bill_type":1,"modified":\\d{13},"refund_id":${ID},"operation":1000,"tid":"210707-745730114950123"\\}$`,
      ),
    );
  });

  it('comes again until an Ack repeats what it must', async () => {
    const { messages, say } = await client();
    await emit({ refundId: ID });
    await until(() => messages().length === 1, { what: 'the message' });
    say(answer(messages()[0] ?? '', 'Fail', { failReason: 'the database is away' }));
    await until(() => messages().length === 2, { what: 'the second time' });
    say(answer(messages()[1] ?? '', 'Ack', { sendTime: 1 }));
    await until(() => messages().length === 3, { what: 'the third time' });
    say(answer(messages()[2] ?? '', 'Ack', { type: 'another' }));
    await until(() => messages().length === 4, { what: 'the fourth time' });
    say(answer(messages()[3] ?? '', 'Ack'));
    await until(async () => (await counts()).acknowledged === 1, { what: 'the acknowledgement' });
    expect(new Set(messages().map((text) => JSON.parse(text).message.content)).size).toBe(1);
    expect(await twin.ledger('?kind=push_answer')).toMatchObject([
      { accepted: false, answer: 'the database is away' },
      { accepted: false, answer: 'the echo is wrong' },
      { accepted: false, answer: 'the echo is wrong' },
      { accepted: true },
    ]);
  });

  it.each([
    'no JSON',
    '[]',
    '{"commandType":"HeartBeat"}',
    '{"commandType":"Other","time":1}',
    '{"id":12,"commandType":"Ack","time":1}',
  ])('is not answered by %s, which ends the connection', async (text) => {
    const { socket, say } = await client();
    say(text);
    await once(socket, 'close');
    expect(await twin.summary()).toMatchObject({ badRequest: 1 });
  });
});

describe('events without a message', () => {
  it('happen silently, are found by asking, and do not happen again after a restart', async () => {
    const { messages, say } = await client();
    await emit(
      { refundId: ID },
      { refundId: ID, event: 'refused', afterMs: 1 },
      { refundId: ID, event: 'closed', afterMs: 2 },
    );
    await until(() => messages().length === 2, { what: 'two messages' });
    for (const text of messages()) say(answer(text, 'Ack'));
    await until(async () => (await twin.control('GET', '/emit/1')).json.done, { what: 'the day' });
    expect(await counts()).toMatchObject({ started: 2, acknowledged: 2 });
    const before = (await twin.control('GET', `/refunds/${ID}`)).json;
    expect(before).toMatchObject({ status: 'closed' });

    await twin.close();
    twin = await startPinduoduo({ timeScale: 0.001, ledgerFile });
    await until(async () => (await twin.control('GET', '/emit/1')).json.done, { what: 'the same day' });
    expect((await twin.control('GET', `/refunds/${ID}`)).json).toEqual(before);
    const asked = { order_sn: '210707-745730114950123', after_sales_id: ID };
    const { json } = await callPinduoduo(twin.baseUrl, 'pdd.refund.information.get', asked);
    expect(json).toMatchObject({ after_sales_status: 11 });
  });

  it('are told with another id after a restart', async () => {
    const first = await client();
    await emit({ refundId: ID });
    await until(() => first.messages().length === 1, { what: 'the message' });
    await twin.close();
    twin = await startPinduoduo({ timeScale: 0.001, ledgerFile });
    const second = await client();
    await until(() => second.messages().length === 1, { what: 'the same message' });
    await emit({ refundId: ID, event: 'closed' });
    await until(() => second.messages().length === 2, { what: 'another message' });
    const idOf = (text = '') => /"id":(\d+)/.exec(text)?.[1];
    const [again, other] = second.messages().map(idOf);
    expect(again).toBe(idOf(first.messages()[0]));
    expect(other).not.toBe(again);
  });
});
