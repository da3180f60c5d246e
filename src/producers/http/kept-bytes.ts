import { isUtf8 } from 'node:buffer';

const BASE64_MARK = 'data:;base64,';

/**
 * A body as the inbox keeps it: its text, or base64 behind a mark where it is not UTF-8 (a courier may still push GBK),
 * so that the bytes read later are the bytes that were signed.
 */
export function keepBytes(body: Uint8Array): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return isUtf8(bytes) ? bytes.toString('utf8') : BASE64_MARK + bytes.toString('base64');
}

/** The bytes that `keepBytes` was given. */
export function keptBytes(payload: string): Uint8Array {
  return payload.startsWith(BASE64_MARK)
    ? Buffer.from(payload.slice(BASE64_MARK.length), 'base64')
    : Buffer.from(payload, 'utf8');
}
