import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import { createSender } from '../../src/workers/carriers/http.js';
import { openPost } from '../../src/workers/notify/post.js';
import { SELF_SIGNED } from '../support/self-signed.js';
import { request } from '../support/sender-rig.js';

let server: Server;
let url: string;
const heard: string[] = [];
beforeAll(async () => {
  server = createServer(SELF_SIGNED, (req, res) => {
    heard.push(req.url ?? '');
    res.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe('a server that cannot prove who it is (S12)', () => {
  it('is sent no order: the call ends before a byte of it has left', async () => {
    const sender = createSender({ baseUrl: url, timeoutMs: 10_000, connections: 1 });
    const fault = await sender.send(request('write')).catch((error: unknown) => error);
    await sender.close();
    expect(fault).toBeInstanceOf(CarrierFault);
    expect(fault).toMatchObject({ kind: 'not_sent' });
    expect(heard).toEqual([]);
  });

  it('is sent no message of ours either', async () => {
    const resolve = async () => [];
    const post = openPost(url, { timeoutMs: 10_000, connections: 1, resolve });
    const result = await post.send({}, '{}');
    await post.close();
    expect(result).toMatchObject({ answered: false, why: expect.stringMatching(/CERT/) });
    expect(heard).toEqual([]);
  });
});
