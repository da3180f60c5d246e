import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readMessage } from '../../../sandbox/platforms/taobao/tmc-frame.js';
import {
  compiledSandbox,
  removeCompiledSandbox,
  startTwinProcess,
  type TwinProcess,
} from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import { connectFrame, TAOBAO_KEYS, type TmcClient, taobaoRefund, tmcClient } from './running-taobao.js';
import { controlsOf } from './running-twins.js';

// Real processes: starting them on a busy machine takes longer than a unit test's limit.
jest.setTimeout(30_000);

let folder: string;
let ledgerFile: string;
const started: TwinProcess[] = [];
const clients: TmcClient[] = [];
beforeAll(async () => {
  await compiledSandbox();
});
afterAll(() => removeCompiledSandbox());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taobao-'));
  ledgerFile = join(folder, 'ledger.jsonl');
});
afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.terminate();
  await Promise.all(started.splice(0).map((twin) => twin.end('SIGKILL')));
  await rm(folder, { recursive: true, force: true });
});

async function startTaobao(): Promise<TwinProcess> {
  const { appKey, appSecret, accessToken, seller } = TAOBAO_KEYS;
  const keys = ['--app-key', appKey, '--app-secret', appSecret, '--seller', `${seller}=${accessToken}`];
  const twin = await startTwinProcess('platforms/taobao', ['--ledger', ledgerFile, ...keys]);
  started.push(twin);
  return twin;
}

/** A client that confirms every message it hears, in the frames of another client of the service. */
async function confirming(baseUrl: string): Promise<TmcClient> {
  const client = await tmcClient(baseUrl);
  clients.push(client);
  client.socket.on('message', (data: Buffer) => {
    const [ack] = client.heard;
    if (ack === undefined || ack === data) return;
    const token = ack.subarray(4, -2).toString('hex');
    const id = data.subarray(data.indexOf('02000000696405', 'hex') + 7).subarray(0, 8);
    client.say(`0202 0500 ${token} 0100 060000005f5f6b696e64 0202 0100 020000006964 05 ${id.toString('hex')} 0000`);
  });
  client.say(connectFrame());
  return client;
}

describe('a message service that is killed in the middle of a day', () => {
  it('tells the rest and what was not confirmed, every message under its own id and with the same content', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `70008931140009${String(i).padStart(5, '0')}`);
    const first = await startTaobao();
    const before = controlsOf(first.baseUrl);
    await before.control(
      'POST',
      '/refunds',
      ids.map((id) => taobaoRefund(id)),
    );
    await before.control('POST', '/emit', { events: ids.map((refundId) => ({ refundId })), ratePerSecond: 60 });
    const early = await confirming(first.baseUrl);
    await until(() => early.heard.length > 20, { what: 'the day under way' });
    await first.end('SIGKILL');

    const second = await startTaobao();
    const after = controlsOf(second.baseUrl);
    const late = await confirming(second.baseUrl);
    await until(async () => (await after.control('GET', '/emit/1')).json.done, { what: 'the end of the day' });
    const contents = new Map<string, Set<string>>();
    for (const frame of [...early.heard.slice(1), ...late.heard.slice(1)]) {
      const { id, content } = readMessage(frame)?.headers ?? {};
      contents.set(String(id), (contents.get(String(id)) ?? new Set()).add(String(content)));
    }
    expect(contents.size).toBe(60);
    expect([...contents.values()].every((same) => same.size === 1)).toBe(true);
    expect(await after.summary()).toMatchObject({ messages: { started: 60, acknowledged: 60, givenUp: 0 } });
  });

  it('wrong options end with 2', async () => {
    await expect(startTwinProcess('platforms/taobao', ['--ledger', ledgerFile, '--app-key', '1'])).rejects.toThrow(
      'ended with 2',
    );
  });
});
