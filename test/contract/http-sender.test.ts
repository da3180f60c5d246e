import type { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { createSender, type Exchange } from '../../src/workers/carriers/http.js';
import { blackHole, rawServer } from '../support/raw-server.js';
import { afterRequest, answer, closing, failOnce, OK, request, senderTo } from '../support/sender-rig.js';

describe('answers', () => {
  it('are handed over whatever their status, redirects included: the adapter reads them', async () => {
    const moved =
      'HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\nset-cookie: a\r\nset-cookie: b\r\ncontent-length: 0\r\n\r\n';
    const server = closing(await rawServer(answer(moved)));
    const response = await senderTo(server.baseUrl).send(request('write'));
    expect(response).toMatchObject({
      status: 302,
      headers: { location: '/elsewhere', 'set-cookie': 'a, b' },
      text: '',
    });
    expect(server.received().match(/POST/g)).toHaveLength(1);
  });

  it('keep the bytes that were signed: the body is sent as given, in UTF-8', async () => {
    const server = closing(await rawServer(answer(OK)));
    await senderTo(server.baseUrl).send(request('write', { body: '{"a":"退款 é"}' }));
    expect(server.received()).toMatch(/content-length: 17\r\n\r\n\{"a":"退款 é"\}$/);
  });

  const TEXTS: readonly { charset: string; bytes: Buffer }[] = [
    { charset: '', bytes: Buffer.from('成功') },
    { charset: '; charset=UTF-8', bytes: Buffer.from('成功') },
    { charset: '; charset="gbk"', bytes: Buffer.from([0xb3, 0xc9, 0xb9, 0xa6]) },
    { charset: ';charset=GB2312', bytes: Buffer.from([0xb3, 0xc9, 0xb9, 0xa6]) },
    { charset: '; charset=no-such-thing', bytes: Buffer.from('成功') },
  ];
  for (const { charset, bytes } of TEXTS) {
    it(`are read by their charset (${charset || 'none stated'})`, async () => {
      const head = `HTTP/1.1 200 OK\r\ncontent-type: text/html${charset}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
      const server = closing(await rawServer(answer(Buffer.concat([Buffer.from(head), bytes]))));
      expect((await senderTo(server.baseUrl).send(request('read'))).text).toBe('成功');
    });
  }

  it('that are announced by 100 or 103 are awaited to their end', async () => {
    const server = closing(await rawServer(answer(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${OK}`)));
    expect(await senderTo(server.baseUrl).send(request('write'))).toMatchObject({ status: 200, text: '{}' });
  });

  it('nobody asked for are not taken for the answer to the next call', async () => {
    let calls = 0;
    const server = closing(
      await rawServer((socket) => {
        socket.on('data', () => {
          calls += 1;
          const own = `HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n${calls}`;
          socket.write(calls === 1 ? own + own.replace('200 OK', '200 Surplus') : own);
        });
      }),
    );
    const sender = senderTo(server.baseUrl);
    expect((await sender.send(request('write'))).text).toBe('1');
    expect((await sender.send(request('write'))).text).toBe('2');
  });
});

describe('a sender', () => {
  it('calls a request that is not valid HTTP our bug, before anything is sent', async () => {
    const server = closing(await rawServer(answer(OK)));
    const bad = request('write', { headers: { 'x-appkey': 'line\r\nbreak' } });
    const { fault, writes } = await failOnce(senderTo(server.baseUrl), bad);
    expect({ kind: fault.kind, writes }).toEqual({ kind: 'bad_request', writes: 0 });
    expect(fault.message).not.toContain('break');
  });

  it('lets calls under way end when it is closed, and takes no more', async () => {
    let arrive = (_socket: Socket): void => undefined;
    const arrived = new Promise<Socket>((resolve) => (arrive = resolve));
    const server = closing(await rawServer(afterRequest((socket) => arrive(socket))));
    const sender = senderTo(server.baseUrl);
    const under = sender.send(request('write'));
    const socket = await arrived;
    const closed = sender.close();
    const { fault } = await failOnce(sender, request('write', { path: '/late' }));
    expect(fault.kind).toBe('not_sent');
    socket.write(OK);
    expect((await under).status).toBe(200);
    await closed;
    expect(server.received()).not.toContain('/late');
  });

  it('is closed in time though a connection attempt hangs', async () => {
    const hole = closing(await blackHole());
    const sender = createSender({ baseUrl: hole.baseUrl, timeoutMs: 1_000, connections: 1 });
    const pending = failOnce(sender, request('write'));
    const startedMs = Date.now();
    await sender.close();
    expect(Date.now() - startedMs).toBeLessThan(20_000);
    expect((await pending).fault.kind).toBe('not_sent');
  });

  it('tells the time of the write, which the limiter is measured by, and how long the call took', async () => {
    const server = closing(await rawServer(answer(OK)));
    const exchanges: Exchange[] = [];
    const beforeMs = Date.now();
    const sender = closing(
      createSender({ baseUrl: server.baseUrl, timeoutMs: 5_000, connections: 1, onExchange: (e) => exchanges.push(e) }),
    );
    await sender.send(request('write'));
    const [exchange] = exchanges;
    expect(exchange).toMatchObject({ response: { status: 200 }, fault: null, writtenAt: expect.any(Date) });
    expect(exchange?.writtenAt?.getTime()).toBeGreaterThanOrEqual(beforeMs);
    expect(exchange?.tookMs).toBeLessThan(5_000);
  });

  it('sends as many calls at once as it has connections', async () => {
    let open = 0;
    const waiting: Socket[] = [];
    const server = closing(
      await rawServer(
        afterRequest((socket) => {
          open += 1;
          waiting.push(socket);
          if (open === 5) for (const each of waiting) each.write(OK);
        }),
      ),
    );
    const sender = senderTo(server.baseUrl, 10_000, 5);
    const answers = await Promise.all(Array.from({ length: 5 }, () => sender.send(request('write'))));
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200, 200, 200]);
  });
});
