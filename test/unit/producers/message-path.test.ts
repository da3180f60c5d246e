import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import express from 'express';
import type { RawWebhook } from '../../../src/domain/platform/port.js';
import { messageOf } from '../../../src/producers/http/message.js';
import { rawBody } from '../../../src/producers/http/raw-body.js';

let server: Server;
const seen: RawWebhook[] = [];

beforeAll(async () => {
  const router = express.Router().post('/:platform/:shopId', rawBody(1024), (req, res) => {
    seen.push(messageOf(req));
    res.end();
  });
  server = express().use('/webhooks', router).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => once(server.close(), 'close'));

it.each([
  ['/webhooks/xiaohongshu/red?a=1&b=%E4%B8%AD', '/webhooks/xiaohongshu/red', { a: '1', b: '中' }],
  ['/webhooks/xiaohongshu/red', '/webhooks/xiaohongshu/red', {}],
  ['/webhooks/xiaohongshu/r%2Fed/?', '/webhooks/xiaohongshu/r%2Fed/', {}],
])('the path of %s is handed on as it was posted to, whatever router it came through', async (target, path, query) => {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${target}`, { method: 'POST', body: '{}' });
  await answer.text();
  expect(seen.at(-1)).toMatchObject({ path, query });
});
