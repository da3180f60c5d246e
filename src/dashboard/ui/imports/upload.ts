import { CHUNK_BYTES, MOST_CHUNKS } from '../../../domain/import/batch.js';
import { call } from '../http/client.js';

/** The largest file the server takes. */
export const MOST_BYTES = CHUNK_BYTES * MOST_CHUNKS;

/** Letters that `btoa` is given at a time: a call takes only so many arguments. */
const AT_ONCE = 0x80_00;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(from, from + AT_ONCE));
  }
  return btoa(text);
}

/**
 * Sends a file in chunks, one in memory at a time, and says that it is whole. Answers with the id of the import or bill
 * that was begun at `path`; rejects with a Problem. `onSent` gets the share that has arrived, 0 to 1.
 */
export async function uploadFile(
  file: File,
  { path, order }: { readonly path: '/api/v1/imports' | '/api/v1/bills'; readonly order: object },
  onSent: (share: number) => void,
): Promise<string> {
  const { id } = await call<{ readonly id: string }>('POST', path, { ...order, fileName: file.name });
  const chunks = Math.max(1, Math.ceil(file.size / CHUNK_BYTES));
  for (let seq = 0; seq < chunks; seq += 1) {
    const bytes = new Uint8Array(await file.slice(seq * CHUNK_BYTES, (seq + 1) * CHUNK_BYTES).arrayBuffer());
    await call('POST', `${path}/${id}/chunks`, { seq, base64: base64(bytes) });
    onSent((seq + 1) / chunks);
  }
  await call('POST', `${path}/${id}/uploaded`, { chunks });
  return id;
}
