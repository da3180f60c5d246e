import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { bodyOf, rawBody } from '../../../src/producers/http/raw-body.js';
import { until } from '../../support/until.js';

const LIMIT = 100;
const TIMEOUT_MS = 80;

const app = express();
app.post('/', rawBody(LIMIT, TIMEOUT_MS), (req, res) => void res.end(`took ${bodyOf(req).byteLength}`));
const server = createServer(app);

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
const sockets: Socket[] = [];
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  server.close();
});

/** A connection that has sent these bytes, and what came back on it. */
function send(bytes: string): { socket: Socket; received: () => string; closed: () => boolean } {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(bytes));
  sockets.push(socket);
  let text = '';
  let closed = false;
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  return { socket, received: () => text, closed: () => closed };
}

const head = (...lines: string[]) => ['POST / HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n');

describe('reading a body', () => {
  it('takes it whole, however it is cut on the way', async () => {
    const { socket, received } = send(`${head('Content-Length: 6')}abc`);
    await once(socket, 'connect');
    socket.write('def');
    await until(() => received().includes('took 6'), { what: 'the answer' });
  });

  it('gives up a body that stops half way, and frees the connection', async () => {
    const { received, closed } = send(`${head('Content-Length: 50')}abc`);
    await until(closed, { what: 'the connection to be closed' });
    expect(received()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"body_too_slow"/);
  });

  it('answers an announced giant at once, without reading it', async () => {
    const { received, closed } = send(`${head('Content-Length: 100000000')}abc`);
    await until(() => received().startsWith('HTTP/1.1 413 '), { what: 'the answer' });
    await until(closed, { what: 'the connection to be closed' });
  });

  it('cuts off a sender that never stops, although it says no length', async () => {
    const { socket, received, closed } = send(`${head('Transfer-Encoding: chunked')}`);
    const more = setInterval(() => socket.write(`64\r\n${'x'.repeat(100)}\r\n`), 5);
    await until(closed, { what: 'the connection to be closed' });
    clearInterval(more);
    expect(received()).toMatch(/^HTTP\/1\.1 4(08|13) /);
  });

  it.each([
    ['both a length and chunks', head('Content-Length: 3', 'Transfer-Encoding: chunked')],
    ['two lengths', head('Content-Length: 3', 'Content-Length: 4')],
    ['a length that is no number', head('Content-Length: many')],
  ])('refuses a message with %s, which two servers could read differently', async (_, bytes) => {
    const { received } = send(`${bytes}0\r\n\r\n`);
    await until(() => received().startsWith('HTTP/1.1 400 '), { what: 'the refusal' });
  });

  it('survives a sender that goes away', async () => {
    const { socket } = send(`${head('Content-Length: 50')}abc`);
    await once(socket, 'connect');
    socket.destroy();
    const { received } = send(`${head('Content-Length: 0')}`);
    await until(() => received().includes('took 0'), { what: 'the next answer' });
  });
});
