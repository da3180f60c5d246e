import { writeSync, write as writeToFile } from 'node:fs';

/** What is kept for a reader that is slow, bytes; beyond it lines are dropped and counted. */
const MOST_WAITING = 4 * 1024 * 1024;
/** A full pipe is tried again this much later, ms. */
const AGAIN_MS = 50;

type Write = (fd: number, bytes: Buffer, done: (error: NodeJS.ErrnoException | null, written: number) => void) => void;

/**
 * Where the log goes. A pipe that nobody reads and a disk that is full must neither stop the process nor fill its memory
 * (F72): lines are written behind each other, and what cannot be written is dropped, counted, and told when it is over.
 */
export class LogOutput {
  private waiting: Buffer[] = [];
  private bytes = 0;
  private busy = false;
  private dropped = 0;

  constructor(
    private readonly fd: number,
    private readonly writeBytes: Write = writeToFile,
    private readonly most = MOST_WAITING,
  ) {}

  /** One line, as pino gives it. Never throws, never waits. */
  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.bytes + bytes.length > this.most) {
      this.dropped += 1;
      return;
    }
    this.waiting.push(bytes);
    this.bytes += bytes.length;
    if (!this.busy) this.next();
  }

  /** The last words of a process that ends; a reader that takes nothing gets none. */
  flush(): void {
    if (this.busy || this.waiting.length === 0) return;
    try {
      writeSync(this.fd, Buffer.concat(this.waiting.splice(0)));
    } catch {
      // There is nobody left to tell.
    }
  }

  private next(): void {
    if (this.dropped > 0 && this.waiting.length === 0) {
      const lines = this.dropped;
      this.dropped = 0;
      this.waiting.push(
        Buffer.from(`${JSON.stringify({ level: 40, time: Date.now(), event: 'log.dropped', lines })}\n`),
      );
    }
    const lines = this.waiting.splice(0);
    if (lines.length === 0) return;
    this.busy = true;
    this.put(Buffer.concat(lines), lines.length);
  }

  private put(bytes: Buffer, lines: number): void {
    this.writeBytes(this.fd, bytes, (error, written) => {
      if (error?.code === 'EAGAIN') {
        setTimeout(() => this.put(bytes, lines), AGAIN_MS);
        return;
      }
      if (!error && written < bytes.length) {
        this.bytes -= written;
        this.put(bytes.subarray(written), lines);
        return;
      }
      this.bytes = Math.max(0, this.bytes - bytes.length);
      if (error) this.dropped += lines;
      this.busy = false;
      // After an error the next line tries again; the word of what was dropped waits for one that gets through.
      if (this.waiting.length > 0 || (!error && this.dropped > 0)) this.next();
    });
  }
}
