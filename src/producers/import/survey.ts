import { UnreadableFile } from '../../domain/import/unreadable.js';

const NEWLINE = 10;

function isBadEncoding(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
}

/**
 * Reads the whole file once before anything is applied: is it UTF-8? Returns its number of lines. Throws UnreadableFile,
 * with the line and what to do, when it is not.
 */
export async function surveyBytes(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let lines = 0;
  let last: number = NEWLINE;
  try {
    for await (const chunk of bytes) {
      // Line by line, so that the line can be named; a newline is never part of another character.
      for (let from = 0; from < chunk.length; ) {
        const end = chunk.indexOf(NEWLINE, from);
        const to = end < 0 ? chunk.length : end + 1;
        decoder.decode(chunk.subarray(from, to), { stream: true });
        if (end >= 0) lines += 1;
        from = to;
      }
      last = chunk.at(-1) ?? last;
    }
    decoder.decode();
  } catch (error) {
    if (!isBadEncoding(error)) throw error;
    throw new UnreadableFile({
      zh: `不是 UTF-8（第 ${lines + 1} 行），可能是 GBK。请另存为“CSV UTF-8”后重试；未导入任何内容。`,
      en: `is not UTF-8 (line ${lines + 1}); it may be GBK. Save it as "CSV UTF-8" and try again. Nothing was imported.`,
    });
  }
  return last === NEWLINE ? lines : lines + 1;
}
