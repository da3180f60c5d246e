import type { Scope } from '../../domain/people/scopes.js';

declare global {
  namespace Express {
    interface Request {
      /** Set by `authenticate` for those who are known. */
      caller?: Caller;
    }
  }
}

/** Who asks: an API token, or a person with a session. */
export interface Caller {
  readonly kind: 'token' | 'user';
  readonly id: string;
  /** As the history shows it: `token:<name>`, `user:<email>`. */
  readonly actor: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The shops he may see; null: all. */
  readonly shops: readonly string[] | null;
  /** Who this is by now; null: logged out, disabled, revoked. For answers that take longer than a moment. */
  readonly again: () => Promise<Caller | null>;
}

export function seesShop(caller: Caller, shopId: string): boolean {
  return caller.shops === null || caller.shops.includes(shopId);
}
