import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The body was longer than allowed; the rest was not read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The bytes exactly as sent: signatures are over bytes, never over parsed values. Rejects if the sender breaks off. */
export async function readRawBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > limitBytes) throw new BodyTooLarge(`body over ${limitBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** sha256 hex of a body: the ledger's proof that two requests were the same bytes. */
export function bodyHash(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('hex');
}
