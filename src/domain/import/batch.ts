/** uploading → reading → previewing → previewed → running → done; or aborted on the way, or the file cannot be read. */
export const IMPORT_STATES = [
  'uploading',
  'reading',
  'previewing',
  'previewed',
  'running',
  'done',
  'aborted',
  'unreadable',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** States in which something is still to be done, and may be called off. */
export const OPEN_IMPORT_STATES = ['uploading', 'reading', 'previewing', 'previewed', 'running'] as const;

/** Bytes of one chunk, before base64: with it a body stays below the 1 MiB of the API. */
export const CHUNK_BYTES = 512 * 1024;
/** A file of 32 MiB is far more than 100,000 rows need. */
export const MOST_CHUNKS = 64;
/** Rows of one file. */
export const MOST_ROWS = 100_000;
