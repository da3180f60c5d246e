import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import {
  connectFrame,
  counted,
  frame,
  startTaobao,
  type TmcClient,
  taobaoRefund,
  text,
  tmcClient,
} from './running-taobao.js';
import type { Json, TwinUnderTest } from './running-twins.js';

const ID = '7000893114000949517';
/** `__kind` as a byte: 1 pull, 2 confirm, 20 failed. */
const kind = (value: number): string => `02${value.toString(16).padStart(2, '0')}`;

let folder: string;
let ledgerFile: string;
let twin: TwinUnderTest;
const clients: TmcClient[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taobao-'));
  ledgerFile = join(folder, 'ledger.jsonl');
  twin = await startTaobao({ ledgerFile, timeScale: 0.004, seed: 7 });
  await twin.control('POST', '/refunds', [taobaoRefund(ID)]);
});
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.terminate();
  await twin.close();
  await rm(folder, { recursive: true, force: true });
});

async function connected(): Promise<{ client: TmcClient; token: string }> {
  const client = await tmcClient(twin.baseUrl);
  clients.push(client);
  client.say(connectFrame());
  await until(() => client.heard.length > 0, { what: 'CONNECTACK' });
  return { client, token: client.heard[0]?.subarray(8, -2).toString() ?? '' };
}

const emit = (events: readonly object[]) => twin.control('POST', '/emit', { events });
const messages = (client: TmcClient) => client.heard.slice(1);
/** The int64 behind the header `id`. */
const idOf = (message: Buffer | undefined) =>
  message?.readBigInt64LE(message.indexOf('02000000696405', 'hex') + 7) ?? 0n;
/** Each message once: on a busy machine the service may be quicker to tell again than we are to answer. */
const told = (client: TmcClient) =>
  [
    ...new Map(
      messages(client)
        .reverse()
        .map((one) => [idOf(one), one]),
    ).values(),
  ].reverse();
const idHex = (id: bigint): string => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(id);
  return `05${bytes.toString('hex')}`;
};
const counts = async () => (await twin.summary()).messages as Json;

describe('the message service', () => {
  it('takes a client with the right sign, and answers with a token in the header of its own', async () => {
    const { client, token } = await connected();
    expect(client.heard[0]?.toString('hex')).toBe(`0201${'0500'}${counted(token)}0000`);
    expect(token).toMatch(/^tmc-token-\d+$/);
    expect((await twin.control('GET', '/clients')).json.clients).toMatchObject([{ group: 'default', ready: true }]);
    expect(await twin.ledger('?kind=call')).toMatchObject([{ endpoint: 'tmc/connect', verdict: 'answered' }]);
  });

  it.each<[string, string, string]>([
    ['a wrong sign', connectFrame({ sign: 'A'.repeat(32) }), 'bad_signature'],
    ['another app', connectFrame({ app_key: '87654321' }), 'bad_signature'],
    ['a timestamp that was not signed', connectFrame({ timestamp: 'now' }), 'bad_request'],
    ['a beat before CONNECT', frame(2, 'token', { __kind: kind(1) }), 'bad_signature'],
    ['half a frame', connectFrame().slice(0, 40), 'bad_request'],
    ['bytes behind the end', `${connectFrame()}00`, 'bad_request'],
  ])('turns away %s', async (_, hex, verdict) => {
    const client = await tmcClient(twin.baseUrl);
    clients.push(client);
    const closed = once(client.socket, 'close');
    client.say(hex);
    await closed;
    // A status code, a phrase, no token.
    expect(client.heard[0]?.toString('hex')).toMatch(/^02010200/);
    expect(await twin.ledger('?kind=call')).toMatchObject([{ verdict }]);
    expect((await twin.control('GET', '/clients')).json.clients).toEqual([]);
  });

  it('turns away a client whose later frames carry another token', async () => {
    const { client } = await connected();
    const closed = once(client.socket, 'close');
    client.say(frame(2, 'another', { __kind: kind(1) }));
    await closed;
    expect((await twin.summary()).badSignature).toBe(1);
  });

  it('tells a refund as its topic with content in text, 19-digit ids in both, and hears the confirmation', async () => {
    const { client, token } = await connected();
    client.say(frame(2, token, { __kind: kind(1) }));
    await emit([{ refundId: ID }]);
    await until(() => messages(client).length > 0, { what: 'the message' });
    const [message] = messages(client);
    const hex = message?.toString('hex') ?? '';
    expect(message?.toString()).toContain(`"refund_id":${ID},"tid":4000893114000949517`);
    expect(message?.toString()).toContain('"refund_fee":"89.00","bill_type":"refund_bill"');
    expect(hex).toContain(`0100${counted('topic')}${text('taobao_refund_RefundCreated')}`);
    expect(hex).toContain(`0100${counted('userid')}055a45a97b00000000`);
    expect(hex).toContain(`0100${counted('retried')}0400000000`);
    expect(String(idOf(message))).toMatch(/^7007\d{15}$/);
    client.say(frame(2, token, { __kind: kind(2), id: idHex(idOf(message)) }));
    await until(async () => (await counts()).acknowledged === 1, { what: 'the confirmation' });
  });

  it('tells a refused message again, more often counted, whichever type the refusal has', async () => {
    const { client, token } = await connected();
    await emit([{ refundId: ID }]);
    for (const [round, type] of [2, 3].entries()) {
      await until(() => messages(client).length > round, { what: `round ${round}` });
      const id = idOf(messages(client)[round]);
      client.say(frame(type, token, { __kind: kind(20), id: idHex(id), msg: text('busy') }));
    }
    await until(() => messages(client).length > 2, { what: 'the third telling' });
    expect(messages(client)[2]?.toString('hex')).toContain(`0100${counted('retried')}0402000000`);
    expect(told(client)).toHaveLength(1);
  });

  it('has the topics of both families, and none of its own for a refusal in the newer one', async () => {
    const { client } = await connected();
    const events = ['created', 'refused', 'paid', 'closed', 'arbitrated'];
    await twin.control('POST', '/config', { topics: 'dispute' });
    await emit(events.map((event, at) => ({ refundId: ID, event, afterMs: at * 1_000 })));
    await until(() => told(client).length === 5, { what: 'five messages' });
    const topics = told(client).map((message) => /taobao_\w+_[A-Za-z]+/.exec(message.toString())?.[0]);
    expect(topics).toEqual([
      'taobao_dispute_RefundCreated',
      'taobao_refund_RefundSellerRefuseAgreement',
      'taobao_dispute_RefundSuccess',
      'taobao_refund_RefundClosed',
      'taobao_dispute_TaobaoInterApplied',
    ]);
  });

  it('goes on with new ids after a restart', async () => {
    await emit([{ refundId: ID }]);
    await until(async () => (await counts()).started === 1, { what: 'the first message' });
    await twin.close();
    twin = await startTaobao({ ledgerFile, timeScale: 0.004, seed: 7 });
    const { client } = await connected();
    await emit([{ refundId: ID, event: 'closed' }]);
    await until(() => told(client).length === 2, { what: 'both messages' });
  });
});
