/**
 * The frames of the message service (TMC): little-endian, `int8` version 2, `int8` message type, then headers, each an
 * `int16` type and its value, up to EndOfHeaders. A counted string is an `int32` byte length and UTF-8.
 * Source: reference/platforms.md 2.1, from TheNorthMemory/tmc.js and hucsuper/taobao-tmc (third parties).
 */
const PROTOCOL_VERSION = 2;

export const MESSAGE_TYPES = { connect: 0, connectAck: 1, send: 2, sendAck: 3 } as const;

/** The custom header `__kind` of a SEND. */
export const KINDS = { none: 0, pullRequest: 1, confirm: 2, data: 3, failed: 20 } as const;

const HEADER_TYPES = { endOfHeaders: 0, custom: 1, statusCode: 2, statusPhrase: 3, flag: 4, token: 5 } as const;

const VALUE_TYPES = { void: 0, string: 1, byte: 2, int16: 3, int32: 4, int64: 5, date: 6, bytes: 7 } as const;

/** The value of a custom header. Whole numbers up to `int32` are numbers, `int64` is a bigint: ids are never rounded. */
export type TmcValue = null | string | number | bigint | Date | Uint8Array;

export interface TmcFrame {
  readonly type: number;
  readonly statusCode?: number;
  readonly statusPhrase?: string;
  readonly flag?: number;
  readonly token?: string;
  readonly custom: ReadonlyMap<string, TmcValue>;
}

/** What bytes are: a frame, or the reason why they are none. */
export type Decoded = { readonly frame: TmcFrame } | { readonly broken: string };

class Broken extends Error {}

class Reader {
  #at = 0;
  readonly #view: DataView;
  readonly #text = new TextDecoder('utf-8', { fatal: true });

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #take(size: number, what: string): number {
    const at = this.#at;
    if (size < 0 || at + size > this.bytes.length) throw new Broken(`${what} is cut off at byte ${at}`);
    this.#at += size;
    return at;
  }

  int8(what: string): number {
    return this.#view.getInt8(this.#take(1, what));
  }

  int16(what: string): number {
    return this.#view.getInt16(this.#take(2, what), true);
  }

  int32(what: string): number {
    return this.#view.getInt32(this.#take(4, what), true);
  }

  int64(what: string): bigint {
    return this.#view.getBigInt64(this.#take(8, what), true);
  }

  counted(what: string): Uint8Array {
    const size = this.int32(`the length of ${what}`);
    const at = this.#take(size, what);
    return this.bytes.slice(at, at + size);
  }

  string(what: string): string {
    try {
      return this.#text.decode(this.counted(what));
    } catch (error) {
      throw error instanceof Broken ? error : new Broken(`${what} is not UTF-8`);
    }
  }

  value(): TmcValue {
    const type = this.int8('the type of a value');
    switch (type) {
      case VALUE_TYPES.void:
        return null;
      case VALUE_TYPES.string:
        return this.string('a text');
      case VALUE_TYPES.byte:
        return this.int8('a byte');
      case VALUE_TYPES.int16:
        return this.int16('an int16');
      case VALUE_TYPES.int32:
        return this.int32('an int32');
      case VALUE_TYPES.int64:
        return this.int64('an int64');
      case VALUE_TYPES.date:
        return new Date(Number(this.int64('a date')));
      case VALUE_TYPES.bytes:
        return this.counted('a byte array');
      default:
        throw new Broken(`value type ${type} is not documented`);
    }
  }
}

function readFrame(reader: Reader): TmcFrame {
  const version = reader.int8('the version');
  if (version !== PROTOCOL_VERSION) throw new Broken(`protocol version ${version}`);
  const type = reader.int8('the message type');
  const custom = new Map<string, TmcValue>();
  let fixed: Omit<TmcFrame, 'type' | 'custom'> = {};
  for (;;) {
    const header = reader.int16('a header type');
    switch (header) {
      case HEADER_TYPES.endOfHeaders:
        return { type, ...fixed, custom };
      case HEADER_TYPES.custom:
        custom.set(reader.string('a header name'), reader.value());
        break;
      case HEADER_TYPES.statusCode:
        // Its width is second-hand: tmc.js reads an int32.
        fixed = { ...fixed, statusCode: reader.int32('the status code') };
        break;
      case HEADER_TYPES.statusPhrase:
        fixed = { ...fixed, statusPhrase: reader.string('the status phrase') };
        break;
      case HEADER_TYPES.flag:
        fixed = { ...fixed, flag: reader.int32('the flag') };
        break;
      case HEADER_TYPES.token:
        fixed = { ...fixed, token: reader.string('the token') };
        break;
      default:
        throw new Broken(`header type ${header} is not documented`);
    }
  }
}

/** Never throws: bytes that end too early, or say what is not documented, come back with the reason. */
export function decodeFrame(bytes: Uint8Array): Decoded {
  try {
    return { frame: readFrame(new Reader(bytes)) };
  } catch (error) {
    if (error instanceof Broken) return { broken: error.message };
    throw error;
  }
}

function int8(value: number): Buffer {
  const bytes = Buffer.alloc(1);
  bytes.writeInt8(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16LE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}

function counted(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([int32(bytes.length), bytes]);
}

/** The smallest documented form of a value. Throws RangeError on a number that is no `int32`: those go as bigint. */
function valueBytes(value: TmcValue): Buffer {
  if (value === null) return int8(VALUE_TYPES.void);
  if (typeof value === 'string') return Buffer.concat([int8(VALUE_TYPES.string), counted(value)]);
  if (typeof value === 'bigint') return Buffer.concat([int8(VALUE_TYPES.int64), int64(value)]);
  if (value instanceof Date) return Buffer.concat([int8(VALUE_TYPES.date), int64(BigInt(value.getTime()))]);
  if (typeof value !== 'number') return Buffer.concat([int8(VALUE_TYPES.bytes), counted(value)]);
  if (value >= -0x80 && value <= 0x7f) return Buffer.concat([int8(VALUE_TYPES.byte), int8(value)]);
  if (value >= -0x8000 && value <= 0x7fff) return Buffer.concat([int8(VALUE_TYPES.int16), int16(value)]);
  return Buffer.concat([int8(VALUE_TYPES.int32), int32(value)]);
}

/** A frame as bytes. Throws RangeError on a value that its field does not hold. */
export function encodeFrame({ type, statusCode, statusPhrase, flag, token, custom }: TmcFrame): Buffer {
  const parts = [int8(PROTOCOL_VERSION), int8(type)];
  if (statusCode !== undefined) parts.push(int16(HEADER_TYPES.statusCode), int32(statusCode));
  if (statusPhrase !== undefined) parts.push(int16(HEADER_TYPES.statusPhrase), counted(statusPhrase));
  if (flag !== undefined) parts.push(int16(HEADER_TYPES.flag), int32(flag));
  if (token !== undefined) parts.push(int16(HEADER_TYPES.token), counted(token));
  for (const [name, value] of custom) parts.push(int16(HEADER_TYPES.custom), counted(name), valueBytes(value));
  return Buffer.concat([...parts, int16(HEADER_TYPES.endOfHeaders)]);
}
