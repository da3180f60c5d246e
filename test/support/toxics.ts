import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Client to server, server to client, or both. */
export type Direction = 'up' | 'down' | 'both';

/** The eight ways a network spoils a connection, after Toxiproxy's names. `down` is TcpProxy.refuse. */
export type Toxic =
  | { readonly kind: 'latency'; readonly ms: number }
  | { readonly kind: 'bandwidth'; readonly bytesPerS: number }
  | { readonly kind: 'slow_close'; readonly ms: number }
  /** A black hole: what is written arrives nowhere, and nobody is told. */
  | { readonly kind: 'timeout' }
  | { readonly kind: 'reset_peer'; readonly afterMs: number }
  | { readonly kind: 'slicer'; readonly bytes: number; readonly gapMs: number }
  /** Lets so many bytes of each connection through, then closes it. */
  | { readonly kind: 'limit_data'; readonly bytes: number }
  | { readonly kind: 'down' };

/** One way of one connection. */
export interface Pipe {
  readonly from: Socket;
  readonly to: Socket;
  passed: number;
  /** Bytes of it are gone: it stays silent for ever, as a connection does whose other end is gone. */
  lost: boolean;
}

type Step<K extends Toxic['kind']> = (
  toxic: Extract<Toxic, { kind: K }>,
  chunk: Buffer,
  pipe: Pipe,
) => Promise<Buffer[]>;

const slices = (chunk: Buffer, size: number) =>
  Array.from({ length: Math.ceil(chunk.length / size) }, (_, i) => chunk.subarray(i * size, (i + 1) * size));

/** What each does to a piece of data: the pieces that go on, in order. What closes a connection does so itself. */
const STEPS: { readonly [K in Toxic['kind']]: Step<K> } = {
  latency: async ({ ms }, chunk) => {
    await delay(ms);
    return [chunk];
  },
  bandwidth: async ({ bytesPerS }, chunk) => {
    await delay((chunk.length / bytesPerS) * 1_000);
    return [chunk];
  },
  slow_close: async (_toxic, chunk) => [chunk],
  timeout: async (_toxic, _chunk, pipe) => {
    pipe.lost = true;
    return [];
  },
  reset_peer: async (_toxic, chunk) => [chunk],
  slicer: async ({ bytes, gapMs }, chunk, { to }) => {
    for (const slice of slices(chunk, bytes)) {
      if (to.writable) to.write(slice);
      await delay(gapMs);
    }
    return [];
  },
  limit_data: async ({ bytes }, chunk, pipe) => {
    const rest = chunk.subarray(0, Math.max(0, bytes - pipe.passed));
    if (pipe.passed + chunk.length >= bytes) setImmediate(() => pipe.from.destroy());
    return rest.length > 0 ? [rest] : [];
  },
  down: async () => [],
};

/** Runs one piece of data through all toxics of its way. */
export async function through(toxics: readonly Toxic[], chunk: Buffer, pipe: Pipe): Promise<void> {
  let pieces = [chunk];
  for (const toxic of toxics) {
    const next: Buffer[] = [];
    const step = STEPS[toxic.kind] as Step<Toxic['kind']>;
    for (const piece of pieces) next.push(...(await step(toxic, piece, pipe)));
    pieces = next;
  }
  if (pipe.lost) return;
  for (const piece of pieces) {
    pipe.passed += piece.length;
    if (pipe.to.writable) pipe.to.write(piece);
  }
}

/** How long a closed connection is still held open at the other side, ms. */
export const closesAfterMs = (toxics: readonly Toxic[]): number =>
  Math.max(0, ...toxics.map((toxic) => (toxic.kind === 'slow_close' ? toxic.ms : 0)));
