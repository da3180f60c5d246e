import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Drain } from '../../src/drain.js';
import { type RawClient, rawClient } from '../support/raw-client.js';
import { until } from '../support/until.js';

const GET = 'GET / HTTP/1.1\r\nHost: jj.example\r\n\r\n';
const answers = (client: RawClient) => client.said().match(/HTTP\/1\.1 \d\d\d/g) ?? [];
const closings = (client: RawClient) => client.said().match(/connection: close/gi) ?? [];
const clients: RawClient[] = [];
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.destroy();
});

/** A server whose requests wait to be answered by the test. */
async function serve(limitMs?: number) {
  const waiting: ServerResponse[] = [];
  const app: RequestListener = (_req, res) => waiting.push(res);
  const server = createServer(app);
  const drain = new Drain(server, limitMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    drain,
    waiting,
    connect(bytes: string) {
      const client = rawClient(`http://127.0.0.1:${port}`, bytes);
      clients.push(client);
      return client;
    },
  };
}

describe('a server that is stopped', () => {
  it('answers all of several requests sent at once, and says "close" with the last alone', async () => {
    const { drain, waiting, connect } = await serve();
    const client = connect(GET + GET);
    await until(() => waiting.length === 2, { what: 'both to be read' });
    const stopped = drain.stop();
    client.socket.write(GET);
    await until(() => waiting.length === 3, { what: 'the third to be read' });
    for (const res of waiting) res.end('{}');
    await stopped;
    await client.closed();
    expect(answers(client)).toEqual(Array(3).fill('HTTP/1.1 200'));
    expect(closings(client)).toHaveLength(1);
    expect(client.said().trimEnd()).toMatch(/connection: close[\s\S]*\{\}/i);
  });

  it('still answers what a kept connection brings, and then closes it; one that never spoke is closed as well', async () => {
    const { drain, waiting, connect } = await serve();
    const [kept, silent] = [connect(GET), connect('')];
    await until(() => waiting.length === 1, { what: 'it to be read' });
    waiting[0]?.end('{}');
    await kept.hears(/\{\}/);
    const stopped = drain.stop();
    kept.socket.write(GET);
    await until(() => waiting.length === 2, { what: 'the next to be read' });
    waiting[1]?.end('{}');
    await stopped;
    await Promise.all([kept.closed(), silent.closed()]);
    expect([answers(kept).length, closings(kept).length, silent.said()]).toEqual([2, 1, '']);
  });

  it('turns away with 503 what has no answer in time', async () => {
    const { drain, waiting, connect } = await serve(50);
    const client = connect(GET);
    await until(() => waiting.length === 1, { what: 'it to be read' });
    await drain.stop();
    await client.closed();
    expect(client.said()).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 2[\s\S]*"code":"stopping"/i);
  });
});
