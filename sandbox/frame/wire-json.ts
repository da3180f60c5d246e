/** A number of any length, written into JSON digit by digit: 19-digit ids do not survive a JavaScript number. */
export class Digits {
  constructor(readonly text: string) {
    if (!/^(0|[1-9]\d*)$/.test(text)) throw new RangeError(`not a whole number: ${text}`);
  }
}

export type WireValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Digits
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };

/** Compact JSON with bare long numbers; undefined members are left out. Keys keep their order. */
export function writeWireJson(value: WireValue): string {
  if (value instanceof Digits) return value.text;
  if (Array.isArray(value)) return `[${value.map((item: WireValue) => writeWireJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeWireJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** Parses a JSON object; undefined if the text is anything else. Long numbers lose digits, so read ids from text fields. */
export function readJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
