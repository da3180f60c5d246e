import type { Scope } from '../../../domain/people/scopes.js';
import type { PageName } from './page-rows.js';

/** What a call is about, where that belongs to a shop: for anybody without that shop it does not exist (404). */
export type ShopObject =
  | 'intercept'
  | 'task'
  | 'lane'
  | 'replay'
  | 'import'
  | 'event'
  | 'shop'
  | 'account'
  | 'refund'
  | 'fee'
  | 'invoice'
  | 'return'
  | 'claim';

/**
 * One thing a person can do on a page. The UI shows its control to whoever holds the scope (`useAct`); docs/ui.md and
 * the tests of every role read the same row. The server decides: the row says what it must say.
 */
export interface ActionRow {
  readonly page: PageName;
  /** What it does, for docs/ui.md: a few words. */
  readonly zh: string;
  readonly en: string;
  readonly scope: Scope;
  /** Its call below `/api/v1`, written as in the route table: `POST /replays/:id/abort`. */
  readonly call: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  /** What `:id` stands for, if it is a shop's; null: nothing, or something that belongs to no shop. */
  readonly of: ShopObject | null;
  /** A body that is well-formed, for the tests; absent: `{}`. */
  readonly body?: object;
}

/** Rows of one page; a name is `<page>.<verb>`. */
export type ActionTable = Readonly<Record<`${PageName}.${string}`, ActionRow>>;
