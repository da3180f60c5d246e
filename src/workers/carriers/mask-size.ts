const MARK = '…[cut]';

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

/** The longest beginning of `text` that takes at most `maxBytes` as a JSON string, quotes and mark included. */
export function clip(text: string, maxBytes: number): string {
  if (jsonBytes(text) <= maxBytes) return text;
  let low = 0;
  let high = Math.min(text.length, maxBytes);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (jsonBytes(text.slice(0, middle) + MARK) <= maxBytes) low = middle;
    else high = middle - 1;
  }
  return text.slice(0, low) + MARK;
}

/** The first headers that take at most `maxBytes` together; `map` is applied to each value before. */
export function clipHeaders(
  headers: Readonly<Record<string, string>>,
  maxBytes: number,
  map: (value: string) => string,
): Record<string, string> {
  const kept: [string, string][] = [];
  let left = maxBytes;
  for (const [name, value] of Object.entries(headers)) {
    const short = clip(map(value), 256);
    left -= jsonBytes(name) + jsonBytes(short) + 2;
    if (left < 0) break;
    kept.push([name, short]);
  }
  return Object.fromEntries(kept);
}
