import { WebSocket } from 'ws';
import type { Frame, PlatformSocket, SocketMessage, SocketSession } from '../domain/platform/socket.js';
import type { Stored } from './http/group-commit.js';

export interface ConnectionDeps {
  readonly socket: PlatformSocket;
  /** Makes one message durable; never rejects. */
  readonly store: (message: SocketMessage) => Promise<Stored>;
  /** The connection is up and signed in, or it is not, and why. */
  readonly onState: (state: 'up' | 'down', why: string) => void;
  readonly backoffMs: (tries: number) => number;
  readonly now: () => Date;
}

const HANDSHAKE_MS = 10_000;
const MOST_FRAME_BYTES = 1024 * 1024;
/** Messages on their way into the database; above it nothing more is read from the connection until they are in. */
const MOST_UNDER_WAY = 1_000;
const READ_AGAIN_BELOW = 500;

/**
 * One connection to a platform that is kept up: it signs in, beats, notices silence, comes back after every end, and
 * confirms a message only when it is durable here. What was not confirmed the platform sends again.
 */
export class SocketConnection {
  private ws: WebSocket | null = null;
  private stopped = false;
  private tries = 0;
  private underWay = 0;
  private retry: NodeJS.Timeout | undefined;
  private beat: NodeJS.Timeout | undefined;
  private silence: NodeJS.Timeout | undefined;

  constructor(private readonly deps: ConnectionDeps) {
    this.connect();
  }

  /** Takes no more messages and closes; what is under way ends unconfirmed at worst, and is sent again to whoever is next. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    this.quiet();
    this.ws?.terminate();
  }

  private get nowMs(): number {
    return this.deps.now().getTime();
  }

  private connect(): void {
    const { socket } = this.deps;
    const session = socket.session();
    let why = 'the connection ended';
    const ws = new WebSocket(socket.url(this.nowMs), {
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MOST_FRAME_BYTES,
      perMessageDeflate: false,
    });
    this.ws = ws;
    ws.on('open', () => {
      this.listenForSilence(ws);
      for (const frame of session.opening(this.nowMs)) ws.send(frame);
    });
    ws.on('ping', () => this.listenForSilence(ws));
    ws.on('message', (data: Buffer, isBinary: boolean) => {
      this.listenForSilence(ws);
      const broken = this.take(ws, session, isBinary ? data : data.toString('utf8'));
      if (broken === null) return;
      why = broken;
      ws.close(1002);
    });
    // An error is always followed by the end. Its text may hold the address and with it a signature: only its code is kept.
    ws.on('error', (error) => {
      why = 'code' in error && typeof error.code === 'string' ? error.code : 'the connection failed';
    });
    ws.on('close', () => this.ended(ws, why));
  }

  /** What one frame asks for. Returns why the connection is no good any more, else null. */
  private take(ws: WebSocket, session: SocketSession, frame: Frame): string | null {
    const says = session.receive(frame, this.nowMs);
    switch (says.kind) {
      case 'ready':
        this.tries = 0;
        this.beat = setInterval(() => ws.send(session.beat(this.nowMs)), this.deps.socket.beatMs);
        ws.send(session.beat(this.nowMs));
        this.deps.onState('up', '');
        return null;
      case 'message':
        void this.keep(ws, session, says.message);
        return null;
      case 'nothing':
        if (says.reply !== undefined) ws.send(says.reply);
        return null;
      case 'broken':
        return says.why;
      default:
        return says satisfies never;
    }
  }

  private async keep(ws: WebSocket, session: SocketSession, message: SocketMessage): Promise<void> {
    this.underWay += 1;
    if (this.underWay >= MOST_UNDER_WAY) ws.pause();
    const stored = await this.deps.store(message);
    this.underWay -= 1;
    if (this.underWay < READ_AGAIN_BELOW && ws.isPaused) ws.resume();
    if (ws.readyState !== WebSocket.OPEN) return;
    const { receipt } = message;
    ws.send(
      stored === 'stored' ? session.confirm(receipt, this.nowMs) : session.refuse(receipt, 'not stored', this.nowMs),
    );
  }

  private listenForSilence(ws: WebSocket): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => ws.terminate(), this.deps.socket.silenceMs);
  }

  private quiet(): void {
    clearInterval(this.beat);
    clearTimeout(this.silence);
  }

  private ended(ws: WebSocket, why: string): void {
    if (this.ws !== ws) return;
    this.quiet();
    if (this.stopped) return;
    this.tries += 1;
    this.deps.onState('down', why);
    this.retry = setTimeout(() => this.connect(), this.deps.backoffMs(this.tries));
  }
}
