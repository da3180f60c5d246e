/** The binary frames of the message service, as a server reads and writes them. Little-endian throughout. */
export const CONNECT = 0;
export const CONNECT_ACK = 1;
export const SEND = 2;
export const SEND_ACK = 3;

export const PULL_REQUEST = 1;
export const CONFIRM = 2;
export const DATA = 3;
export const FAILED = 20;

export type Value = null | string | number | bigint | Date;

export interface Message {
  readonly type: number;
  readonly token?: string;
  readonly status?: { readonly code: number; readonly phrase: string };
  readonly headers: Readonly<Record<string, Value>>;
}

/** Grows as it is written. */
class Output {
  readonly #parts: Buffer[] = [];

  int(size: 1 | 2 | 4, value: number): this {
    const part = Buffer.alloc(size);
    part.writeIntLE(value, 0, size);
    this.#parts.push(part);
    return this;
  }

  long(value: bigint): this {
    const part = Buffer.alloc(8);
    part.writeBigInt64LE(value);
    this.#parts.push(part);
    return this;
  }

  text(value: string): this {
    const part = Buffer.from(value, 'utf8');
    this.int(4, part.length);
    this.#parts.push(part);
    return this;
  }

  value(value: Value): this {
    if (value === null) return this.int(1, 0);
    if (typeof value === 'string') return this.int(1, 1).text(value);
    if (typeof value === 'number') return this.int(1, 4).int(4, value);
    return typeof value === 'bigint' ? this.int(1, 5).long(value) : this.int(1, 6).long(BigInt(value.getTime()));
  }

  done(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Numbers go as int32: a client has to take every documented width. */
export function writeMessage({ type, token, status, headers }: Message): Buffer {
  const out = new Output().int(1, 2).int(1, type);
  if (status !== undefined) out.int(2, 2).int(4, status.code).int(2, 3).text(status.phrase);
  if (token !== undefined) out.int(2, 5).text(token);
  for (const [name, value] of Object.entries(headers)) out.int(2, 1).text(name).value(value);
  return out.int(2, 0).done();
}

class NotAFrame extends Error {}

/** Undefined: not a frame of this protocol to its last byte. */
export function readMessage(bytes: Buffer): Message | undefined {
  try {
    return new Input(bytes).message();
  } catch (cause) {
    if (cause instanceof NotAFrame) return undefined;
    throw cause;
  }
}

class Input {
  #at = 0;

  constructor(readonly bytes: Buffer) {}

  message(): Message {
    if (this.#int(1) !== 2) throw new NotAFrame('version');
    const type = this.#int(1);
    const headers: Record<string, Value> = Object.create(null);
    let token: string | undefined;
    for (let header = this.#int(2); header !== 0; header = this.#int(2)) {
      if (header === 1) headers[this.#text()] = this.#value();
      else if (header === 5) token = this.#text();
      else throw new NotAFrame(`a client does not write header ${header}`);
    }
    if (this.#at !== this.bytes.length) throw new NotAFrame('bytes behind the end');
    return token === undefined ? { type, headers } : { type, token, headers };
  }

  #take(size: number): number {
    const at = this.#at;
    if (size < 0 || at + size > this.bytes.length) throw new NotAFrame('cut off');
    this.#at += size;
    return at;
  }

  #int(size: 1 | 2 | 4): number {
    return this.bytes.readIntLE(this.#take(size), size);
  }

  #long(): bigint {
    return this.bytes.readBigInt64LE(this.#take(8));
  }

  #text(): string {
    const size = this.#int(4);
    const at = this.#take(size);
    return this.bytes.toString('utf8', at, at + size);
  }

  #value(): Value {
    const kind = this.#int(1);
    switch (kind) {
      case 0:
        return null;
      case 1:
        return this.#text();
      case 2:
        return this.#int(1);
      case 3:
        return this.#int(2);
      case 4:
        return this.#int(4);
      case 5:
        return this.#long();
      case 6:
        return new Date(Number(this.#long()));
      default:
        throw new NotAFrame(`value ${kind}`);
    }
  }
}
