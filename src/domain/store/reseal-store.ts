import { openMessage, sealMessage } from '../secrets/sealed-message.js';
import { type Secrets, SecretUnreadable } from '../secrets/secrets.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';
import { formerPlaceOf, placeOf } from './settings-rows.js';

/** A sealed text with what it is opened and stored by. */
interface SealedRow {
  readonly key: string | number;
  readonly text: string;
  readonly source: string;
  readonly eventId: string;
}

interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** Columns beside `key` and `text`. */
  readonly more: string;
  readonly reseal: (secrets: Secrets, row: SealedRow) => string;
}

const inPlace = (placeOfKey: (key: string) => string) => (secrets: Secrets, row: SealedRow) => {
  const place = placeOfKey(String(row.key));
  return secrets.seal(secrets.open(row.text, place), place);
};

/** Every column of the database that holds sealed texts. A test compares the list with what a full database holds. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'shop', column: 'credentials', more: '', reseal: inPlace((id) => placeOf('shops', id)) },
  {
    table: 'carrier_account',
    column: 'credentials',
    more: '',
    reseal: inPlace((id) => placeOf('carrierAccounts', id)),
  },
  {
    table: 'shop',
    column: 'former_credentials',
    more: '',
    reseal: inPlace((id) => formerPlaceOf('shops', id)),
  },
  {
    table: 'carrier_account',
    column: 'former_credentials',
    more: '',
    reseal: inPlace((id) => formerPlaceOf('carrierAccounts', id)),
  },
  // Its ids are `notifications/<id>` and `endpoints/<id>`: the very place.
  { table: 'notification_target', column: 'secrets', more: '', reseal: inPlace((key) => key) },
  {
    table: 'inbox',
    column: 'payload',
    more: ', source, event_id AS eventId',
    // A message from before messages were sealed is sealed now.
    reseal: (secrets, row) =>
      sealMessage(secrets, { ...row, payload: openMessage(secrets, { ...row, payload: row.text }) }).payload,
  },
];

export interface Resealed {
  readonly keyId: string;
  /** How many texts are under the present key now and were not before, by `table.column`. */
  readonly resealed: Readonly<Record<string, number>>;
  /** `shop.credentials dy-main`: sealed under a key that is neither the present nor the previous one. */
  readonly unreadable: readonly string[];
}

const PAGE = 200;

function page(
  tx: Sql,
  secrets: Secrets,
  { table, column, more }: SealedColumn,
  after: string | number,
): Promise<SealedRow[]> {
  return tx.rows<SealedRow>(
    `SELECT id AS \`key\`, ${column} AS text${more} FROM ${table}
     WHERE id > ? AND ${column} <> '' AND ${column} NOT LIKE ? ORDER BY id LIMIT ? FOR UPDATE`,
    [after, `v1:${secrets.keyId}:%`, PAGE],
  );
}

/**
 * Seals everything anew under the present key: what the previous key sealed, and messages from before messages were
 * sealed. Page by page, beside work; it may be stopped and run again. Audited when it is through.
 */
export async function resealAll(
  db: Database,
  secrets: Secrets,
  by: { readonly actor: string; readonly now: Date },
): Promise<Resealed> {
  const resealed: Record<string, number> = {};
  const unreadable: string[] = [];
  for (const place of SEALED_COLUMNS) {
    const name = `${place.table}.${place.column}`;
    resealed[name] = 0;
    for (let after: string | number | null = place.table === 'inbox' ? 0 : ''; after !== null; ) {
      const from: string | number = after;
      const done: PageDone = await db.transaction((tx) => resealPage(tx, secrets, place, from));
      resealed[name] += done.count;
      unreadable.push(...done.unreadable.map((key) => `${name} ${key}`));
      after = done.last;
    }
  }
  const detail = { keyId: secrets.keyId, resealed, unreadable: unreadable.length };
  await db.transaction((tx) =>
    appendAudit(tx, { at: by.now, actor: by.actor, action: 'secrets.rotate', subject: secrets.keyId, detail }),
  );
  return { keyId: secrets.keyId, resealed, unreadable };
}

interface PageDone {
  readonly count: number;
  readonly unreadable: readonly (string | number)[];
  /** Where the next page begins; null: there is none. */
  readonly last: string | number | null;
}

async function resealPage(tx: Sql, secrets: Secrets, place: SealedColumn, after: string | number): Promise<PageDone> {
  const rows = await page(tx, secrets, place, after);
  const unreadable: (string | number)[] = [];
  for (const row of rows) {
    try {
      const text = place.reseal(secrets, row);
      await tx.run(`UPDATE ${place.table} SET ${place.column} = ? WHERE id = ?`, [text, row.key]);
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      unreadable.push(row.key);
    }
  }
  const last = rows.length === PAGE ? (rows.at(-1)?.key ?? null) : null;
  return { count: rows.length - unreadable.length, unreadable, last };
}
