import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** So long a kept connection may still bring a request after we began to stop, ms: it is answered, with "close". */
const GRACE_MS = 1_000;
/** Longest that what is under way may take; whatever has no answer by then gets 503, ms. */
const LIMIT_MS = 10_000;
/** For the last answers to leave, ms. */
const LAST_WORDS_MS = 500;
/** How often what idles is closed after the grace, ms. */
const LOOK_MS = 100;

const STOPPING = JSON.stringify({
  type: 'urn:jiejian:problem:stopping',
  title: 'The server is being stopped. Send it again in a few seconds.',
  status: 503,
  code: 'stopping',
  detail: 'The server is being stopped. Send it again in a few seconds.',
  text: { zh: '服务正在停止，请几秒后重新发送。', en: 'The server is being stopped. Send it again in a few seconds.' },
});

function turnAway(res: ServerResponse): void {
  if (res.headersSent) return;
  const headers = { 'Content-Type': 'application/problem+json; charset=utf-8', 'Retry-After': '2' };
  res.writeHead(503, headers).end(STOPPING);
}

/**
 * Stops a server without cutting off a request it has read. Node's own `close` answers what is open and leaves kept
 * connections as they are, so that they bring requests until they are torn off in the middle of one.
 */
export class Drain {
  /** What is open on each connection, in the order of its requests: of several sent at once only the last may say "close". */
  private readonly open = new Map<Socket, ServerResponse[]>();
  private isStopping = false;

  constructor(
    private readonly server: Server,
    private readonly limitMs = LIMIT_MS,
  ) {
    server.on('connection', (socket) => {
      this.open.set(socket, []);
      socket.once('close', () => this.open.delete(socket));
    });
    // Before the app, which may answer at once.
    server.prependListener('request', (req, res) => this.begin(req, res));
  }

  private begin({ socket }: IncomingMessage, res: ServerResponse): void {
    const before = this.open.get(socket) ?? [];
    const last = before.at(-1);
    if (this.isStopping) {
      if (last && !last.headersSent) last.shouldKeepAlive = true;
      res.shouldKeepAlive = false;
    }
    before.push(res);
    res.once('close', () => before.splice(before.indexOf(res), 1));
  }

  /** Takes no new connection, answers every request that was read, closes what idles; resolves when all are closed. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const responses of this.open.values()) {
      const last = responses.at(-1);
      if (last && !last.headersSent) last.shouldKeepAlive = false;
    }
    const closed = new Promise<void>((resolve) => {
      // That of `net`: that of `http` closes idle connections at once, and no longer looks at slow ones.
      NetServer.prototype.close.call(this.server, () => resolve());
    });
    const began = performance.now();
    const timers = [
      setInterval(() => {
        if (performance.now() - began >= GRACE_MS) this.closeIdle();
      }, LOOK_MS),
      setTimeout(() => {
        for (const responses of this.open.values()) responses.forEach(turnAway);
      }, this.limitMs),
      setTimeout(() => this.server.closeAllConnections(), this.limitMs + LAST_WORDS_MS),
    ];
    await closed;
    for (const timer of timers) clearTimeout(timer);
  }

  /** Connections between two requests, and those that never said a word. */
  private closeIdle(): void {
    this.server.closeIdleConnections();
    for (const socket of this.open.keys()) if (socket.bytesRead === 0) socket.destroy();
  }
}
