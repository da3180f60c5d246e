import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CallContext } from '../../../domain/carrier/port.js';
import { mayBeTheToken } from './codes.js';
import type { SfCredentials } from './credentials.js';
import { readToken } from './envelope.js';
import { tokenRequest } from './requests.js';

interface Token {
  readonly text: string;
  readonly until: number;
}

/** The token of one account: fetched when it is needed, one fetch for all who wait, and kept for `tokenKeptMs`. */
export class TokenKeeper {
  #kept: Token | null = null;
  #fetching: Promise<Token> | null = null;

  constructor(
    readonly keys: SfCredentials,
    readonly now: () => number,
  ) {}

  /**
   * Runs one call with a token. If the gateway refuses a token that was kept from before, it let nothing through, so the
   * call is made once more with a new one; a second refusal stands. Throws CarrierFault.
   */
  async use<T>(ctx: CallContext, call: (token: string) => Promise<T>): Promise<T> {
    const kept = this.#valid();
    if (kept) {
      try {
        return await this.#callWith(kept, call);
      } catch (error) {
        if (!refusesToken(error)) throw error;
      }
    }
    return this.#callWith(this.#valid() ?? (await this.#fetch(ctx)), call);
  }

  /** A refused token is not used again. Another call may have fetched a new one in the meantime: that one stays. */
  async #callWith<T>(token: Token, call: (token: string) => Promise<T>): Promise<T> {
    try {
      return await call(token.text);
    } catch (error) {
      if (refusesToken(error) && this.#kept === token) this.#kept = null;
      throw error;
    }
  }

  #valid(): Token | null {
    return this.#kept !== null && this.now() < this.#kept.until ? this.#kept : null;
  }

  #fetch(ctx: CallContext): Promise<Token> {
    this.#fetching ??= this.#fetchOne(ctx).finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #fetchOne(ctx: CallContext): Promise<Token> {
    const until = this.now() + this.keys.tokenKeptMs;
    this.#kept = { text: readToken(await ctx.send(tokenRequest(this.keys)), this.keys), until };
    return this.#kept;
  }
}

function refusesToken(error: unknown): boolean {
  return error instanceof CarrierFault && error.kind === 'credentials' && mayBeTheToken(error.rawCode ?? '');
}
