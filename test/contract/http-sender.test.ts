import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { CarrierRequest } from '../../src/domain/carrier/port.js';
import { createSender, type Exchange, type Sender, type SendOptions } from '../../src/workers/carriers/http.js';
import { blackHole, rawServer, refusedPort } from '../support/raw-server.js';

/** undici's own account of when it writes: the witness against which our "may bytes have left?" is checked. */
const SEND_HEADERS = 'undici:client:sendHeaders';
const OK = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function closing<T extends { close(): Promise<unknown> }>(thing: T): T {
  closers.push(() => thing.close());
  return thing;
}

function request(effect: 'write' | 'read', patch: Partial<CarrierRequest> = {}): CarrierRequest {
  return {
    method: 'POST',
    path: '/order',
    headers: { 'content-type': 'text/plain' },
    body: 'stop-it',
    effect,
    ...patch,
  };
}

function senderTo(baseUrl: string, timeoutMs = 300, connections = 1): Sender {
  return closing(createSender({ baseUrl, timeoutMs, connections }));
}

/** Runs one send; how it failed, what its exchange says, and how often undici really began to write. */
async function failOnce(sender: Sender, sent: CarrierRequest, options: SendOptions = {}) {
  const exchanges: Exchange[] = [];
  let writes = 0;
  const count = (): void => {
    writes += 1;
  };
  subscribe(SEND_HEADERS, count);
  try {
    const outcome: unknown = await sender
      .send(sent, { ...options, onExchange: (exchange) => exchanges.push(exchange) })
      .catch((error: unknown) => error);
    if (!(outcome instanceof CarrierFault)) throw new Error(`not a CarrierFault: ${JSON.stringify(outcome)}`);
    return { fault: outcome, exchange: exchanges[0], writes };
  } finally {
    unsubscribe(SEND_HEADERS, count);
  }
}

const afterRequest = (act: (socket: Socket) => void) => (socket: Socket) => {
  socket.once('data', () => act(socket));
};
const answer = (text: string | Buffer) => afterRequest((socket) => socket.write(text));

describe('a failure before the request was handed to a socket is `not_sent`, whatever the request', () => {
  const BEFORE: readonly { why: string; target: () => Promise<string> }[] = [
    { why: 'the port refuses', target: refusedPort },
    { why: 'the name does not resolve', target: async () => 'http://no-such-host.invalid' },
    { why: 'the host swallows the connection attempt', target: async () => closing(await blackHole()).baseUrl },
    {
      why: 'the TLS handshake is never answered',
      target: async () => closing(await rawServer(() => undefined, { scheme: 'https' })).baseUrl,
    },
    {
      why: 'the TLS handshake is answered with something else',
      target: async () => closing(await rawServer(answer(OK), { scheme: 'https' })).baseUrl,
    },
    {
      why: 'the connection is closed during the TLS handshake',
      target: async () => closing(await rawServer((socket) => socket.destroy(), { scheme: 'https' })).baseUrl,
    },
  ];
  for (const { why, target } of BEFORE) {
    for (const effect of ['write', 'read'] as const) {
      it(`${why}: a ${effect} may be sent again`, async () => {
        const { fault, exchange, writes } = await failOnce(senderTo(await target()), request(effect));
        expect({ kind: fault.kind, writtenAt: exchange?.writtenAt, writes }).toEqual({
          kind: 'not_sent',
          writtenAt: null,
          writes: 0,
        });
      });
    }
  }
});

describe('a failure after the request was handed to a socket leaves the outcome open', () => {
  const AFTER: readonly { why: string; serve: (socket: Socket) => void }[] = [
    { why: 'the server reads the request and destroys the connection', serve: afterRequest((s) => s.destroy()) },
    { why: 'the server reads the request and resets the connection', serve: afterRequest((s) => s.resetAndDestroy()) },
    { why: 'the server reads the request and says nothing', serve: () => undefined },
    {
      why: 'half a body comes and the connection ends',
      serve: afterRequest((s) => s.end('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"status":')),
    },
    {
      why: 'a chunked body breaks off',
      serve: afterRequest((s) => s.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n')),
    },
    { why: 'headers come and then silence', serve: answer('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n') },
    {
      why: 'the body drips, each byte within any idle timeout',
      serve: afterRequest((s) => {
        s.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
        const drip = setInterval(() => s.write('x'), 10);
        s.on('close', () => clearInterval(drip));
      }),
    },
    {
      why: 'the body is larger than 1 MiB',
      serve: afterRequest((s) => {
        s.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n100001\r\n');
        s.write(Buffer.alloc(0x100001, 'x'));
      }),
    },
    { why: 'the answer is not HTTP', serve: answer('SSH-2.0-OpenSSH_9.6\r\n') },
    { why: 'the headers never end', serve: answer(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`) },
    {
      why: 'the answer is compressed, which we did not ask for',
      serve: answer('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}'),
    },
  ];
  for (const { why, serve } of AFTER) {
    for (const [effect, kind] of [
      ['write', 'outcome_unknown'],
      ['read', 'unavailable'],
    ] as const) {
      it(`${why}: a ${effect} is ${kind}`, async () => {
        const server = closing(await rawServer(serve));
        const { fault, exchange, writes } = await failOnce(senderTo(server.baseUrl), request(effect));
        expect({ kind: fault.kind, writtenAt: exchange?.writtenAt, writes }).toEqual({
          kind,
          writtenAt: expect.any(Date),
          writes: 1,
        });
        expect(server.received().match(/POST \/order/g)).toHaveLength(1);
      });
    }
  }

  it('a reset before the server read a byte is still outcome_unknown: from here it looks the same', async () => {
    let reset = (): void => undefined;
    const onSocket = (socket: Socket): void => {
      reset = () => void socket.resetAndDestroy();
    };
    const server = closing(await rawServer(onSocket, { pauseOnConnect: true }));
    const onWrite = (): void => void setImmediate(reset);
    const { fault, writes } = await failOnce(senderTo(server.baseUrl), request('write'), { onWrite });
    expect({ kind: fault.kind, writes, read: server.received() }).toEqual({
      kind: 'outcome_unknown',
      writes: 1,
      read: '',
    });
  });

  it('a connection that dies between two calls does not make undici repeat the second', async () => {
    let calls = 0;
    const server = closing(
      await rawServer((socket) => {
        socket.on('data', () => {
          calls += 1;
          if (calls === 1) socket.write(OK);
          else socket.destroy();
        });
      }),
    );
    const sender = senderTo(server.baseUrl);
    await sender.send(request('read', { method: 'GET', body: '' }));
    const { fault, writes } = await failOnce(sender, request('read', { method: 'GET', body: '' }));
    expect({ kind: fault.kind, writes, calls }).toEqual({ kind: 'unavailable', writes: 1, calls: 2 });
  });
});

describe('giving up while waiting for a connection', () => {
  /** Holds the first request until told, answers every later one at once. */
  async function busyServer() {
    let hold = (_socket: Socket): void => undefined;
    const held = new Promise<Socket>((resolve) => (hold = resolve));
    let first = true;
    const server = closing(
      await rawServer((socket) => {
        socket.on('data', () => {
          if (first) hold(socket);
          else socket.write(OK);
          first = false;
        });
      }),
    );
    return { server, held };
  }

  it('is not_sent, and the request is not written later when a connection becomes free', async () => {
    const { server, held } = await busyServer();
    const sender = senderTo(server.baseUrl, 2_000);
    const holding = sender.send(request('write'));
    const socket = await held;
    const stop = new AbortController();
    const waiting = failOnce(sender, request('write', { path: '/given-up' }), { signal: stop.signal });
    stop.abort();
    const { fault, exchange } = await waiting;
    expect({ kind: fault.kind, writtenAt: exchange?.writtenAt }).toEqual({ kind: 'not_sent', writtenAt: null });
    const next = sender.send(request('write', { path: '/next' }));
    socket.write(OK);
    await Promise.all([holding, next]);
    expect(server.received().match(/POST \S+/g)).toEqual(['POST /order', 'POST /next']);
  });

  it('at the deadline is not_sent too: the deadline counts from the call, not from the write', async () => {
    const server = closing(await rawServer(() => undefined));
    const sender = senderTo(server.baseUrl, 200);
    const holding = failOnce(sender, request('write'));
    const waiting = await failOnce(sender, request('write', { path: '/waits' }));
    expect((await holding).fault.kind).toBe('outcome_unknown');
    expect(waiting.fault.kind).toBe('not_sent');
    expect(server.received()).not.toContain('/waits');
  });

  it('after the write closes that connection: the next call neither waits for it nor reads its late answer', async () => {
    const { server, held } = await busyServer();
    const sender = senderTo(server.baseUrl, 200);
    const first = failOnce(sender, request('write'));
    const socket = await held;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    expect((await first).fault.kind).toBe('outcome_unknown');
    expect((await sender.send(request('write'))).text).toBe('{}');
    await closed;
  });

  it('before it began is not_sent', async () => {
    const server = closing(await rawServer(answer(OK)));
    const { fault } = await failOnce(senderTo(server.baseUrl), request('write'), { signal: AbortSignal.abort() });
    expect({ kind: fault.kind, received: server.received() }).toEqual({ kind: 'not_sent', received: '' });
  });

  it('after the write leaves the outcome open, within 100 ms of the signal', async () => {
    const server = closing(await rawServer(() => undefined));
    const stop = new AbortController();
    let stoppedMs = 0;
    const onWrite = (): void => {
      setImmediate(() => {
        stoppedMs = Date.now();
        stop.abort();
      });
    };
    const { fault } = await failOnce(senderTo(server.baseUrl, 4_000), request('write'), {
      signal: stop.signal,
      onWrite,
    });
    expect(fault.kind).toBe('outcome_unknown');
    expect(Date.now() - stoppedMs).toBeLessThan(100);
  });
});

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
    const sender = senderTo(server.baseUrl, 2_000);
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
    const sender = createSender({ baseUrl: hole.baseUrl, timeoutMs: 200, connections: 1 });
    const pending = failOnce(sender, request('write'));
    const startedMs = Date.now();
    await sender.close();
    expect(Date.now() - startedMs).toBeLessThan(1_000);
    expect((await pending).fault.kind).toBe('not_sent');
  });

  it('tells the time of the write, which the limiter is measured by, and how long the call took', async () => {
    const server = closing(await rawServer(answer(OK)));
    const exchanges: Exchange[] = [];
    const beforeMs = Date.now();
    const sender = closing(
      createSender({ baseUrl: server.baseUrl, timeoutMs: 300, connections: 1, onExchange: (e) => exchanges.push(e) }),
    );
    await sender.send(request('write'));
    const [exchange] = exchanges;
    expect(exchange).toMatchObject({ response: { status: 200 }, fault: null, writtenAt: expect.any(Date) });
    expect(exchange?.writtenAt?.getTime()).toBeGreaterThanOrEqual(beforeMs);
    expect(exchange?.tookMs).toBeLessThan(300);
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
    const sender = senderTo(server.baseUrl, 1_000, 5);
    const answers = await Promise.all(Array.from({ length: 5 }, () => sender.send(request('write'))));
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200, 200, 200]);
  });
});
