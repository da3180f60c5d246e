import type { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Pool } from 'undici';
import { exchangeOnce } from '../../src/workers/carriers/http-stage.js';
import { blackHole, rawServer, refusedPort } from '../support/raw-server.js';
import { afterRequest, answer, closing, failOnce, OK, request, senderTo } from '../support/sender-rig.js';

/** A row that waits its time out has little of it; what ends by itself has so much that a busy machine cannot cut it off. */
const limitMs = (waitsOut: true | undefined): number => (waitsOut ? 1_000 : 10_000);

describe('a failure before the request was handed to a socket is `not_sent`, whatever the request', () => {
  const BEFORE: readonly { why: string; target: () => Promise<string>; waitsOut?: true }[] = [
    { why: 'the port refuses', target: refusedPort },
    { why: 'the name does not resolve', target: async () => 'http://no-such-host.invalid' },
    {
      why: 'the host swallows the connection attempt',
      target: async () => closing(await blackHole()).baseUrl,
      waitsOut: true,
    },
    {
      why: 'the TLS handshake is never answered',
      target: async () => closing(await rawServer(() => undefined, { scheme: 'https' })).baseUrl,
      waitsOut: true,
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
  for (const { why, target, waitsOut } of BEFORE) {
    for (const effect of ['write', 'read'] as const) {
      it(`${why}: a ${effect} may be sent again`, async () => {
        const { fault, exchange, writes } = await failOnce(
          senderTo(await target(), limitMs(waitsOut)),
          request(effect),
        );
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
  const AFTER: readonly { why: string; serve: (socket: Socket) => void; waitsOut?: true }[] = [
    { why: 'the server reads the request and destroys the connection', serve: afterRequest((s) => s.destroy()) },
    { why: 'the server reads the request and resets the connection', serve: afterRequest((s) => s.resetAndDestroy()) },
    { why: 'the server reads the request and says nothing', serve: () => undefined, waitsOut: true },
    {
      why: 'half a body comes and the connection ends',
      serve: afterRequest((s) => s.end('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"status":')),
    },
    {
      why: 'a chunked body breaks off',
      serve: afterRequest((s) => s.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n')),
    },
    {
      why: 'headers come and then silence',
      serve: answer('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n'),
      waitsOut: true,
    },
    {
      why: 'the body drips, each byte within any idle timeout',
      serve: afterRequest((s) => {
        s.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
        const drip = setInterval(() => s.write('x'), 10);
        s.on('close', () => clearInterval(drip));
      }),
      waitsOut: true,
    },
    {
      why: 'the body is larger than 1 MiB',
      serve: afterRequest((s) => {
        s.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n100001\r\n');
        s.write(Buffer.alloc(0x100001, 'x'));
        s.write('\r\n0\r\n\r\n');
      }),
    },
    { why: 'the answer is not HTTP', serve: answer('SSH-2.0-OpenSSH_9.6\r\n') },
    { why: 'the headers never end', serve: answer(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`) },
    {
      why: 'the answer is compressed, which we did not ask for',
      serve: answer('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}'),
    },
  ];
  for (const { why, serve, waitsOut } of AFTER) {
    for (const [effect, kind] of [
      ['write', 'outcome_unknown'],
      ['read', 'unavailable'],
    ] as const) {
      it(`${why}: a ${effect} is ${kind}`, async () => {
        const server = closing(await rawServer(serve));
        const { fault, exchange, writes } = await failOnce(
          senderTo(server.baseUrl, limitMs(waitsOut)),
          request(effect),
        );
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

describe('a repeat that undici may make of its own (its types say so: "may be invoked multiple times")', () => {
  it('is refused before it writes: a request leaves at most once', async () => {
    const starts: string[] = [];
    const dispatch: Pool['dispatch'] = (_options, handler) => {
      const control = { aborted: false, paused: false, reason: null, abort() {}, pause() {}, resume() {} };
      for (const start of ['first', 'second']) {
        try {
          handler.onRequestStart?.(control, {});
          starts.push(`${start} written`);
        } catch (error) {
          handler.onResponseError?.(control, error instanceof Error ? error : new Error(String(error)));
        }
      }
      return true;
    };
    const call = exchangeOnce({ dispatch }, request('write'), { timeoutMs: 5_000 }, () => undefined);
    await expect(call).rejects.toMatchObject({ kind: 'outcome_unknown' });
    expect(starts).toEqual(['first written']);
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
    const sender = senderTo(server.baseUrl, 10_000);
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
    const sender = senderTo(server.baseUrl, 1_000);
    const holding = failOnce(sender, request('write'));
    const waiting = await failOnce(sender, request('write', { path: '/waits' }));
    expect((await holding).fault.kind).toBe('outcome_unknown');
    expect(waiting.fault.kind).toBe('not_sent');
    expect(server.received()).not.toContain('/waits');
  });

  it('after the write closes that connection: the next call neither waits for it nor reads its late answer', async () => {
    const { server, held } = await busyServer();
    const sender = senderTo(server.baseUrl, 1_000);
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

  it('after the write leaves the outcome open at the signal, not at the time limit', async () => {
    const server = closing(await rawServer(() => undefined));
    const stop = new AbortController();
    let stoppedMs = 0;
    const onWrite = (): void => {
      setImmediate(() => {
        stoppedMs = Date.now();
        stop.abort();
      });
    };
    const { fault } = await failOnce(senderTo(server.baseUrl, 40_000), request('write'), {
      signal: stop.signal,
      onWrite,
    });
    expect(fault.kind).toBe('outcome_unknown');
    expect(Date.now() - stoppedMs).toBeLessThan(20_000);
  });
});
