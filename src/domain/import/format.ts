export type ImportFormat = 'csv' | 'jsonl';

/** What a file holds, by its name; null: nothing that can be imported. */
export function formatOf(fileName: string): ImportFormat | null {
  const [, ending] = /\.(csv|jsonl|ndjson)$/i.exec(fileName) ?? [];
  if (ending === undefined) return null;
  return ending.toLowerCase() === 'csv' ? 'csv' : 'jsonl';
}
