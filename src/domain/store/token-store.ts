import { randomBytes } from 'node:crypto';
import { newId, sha256 } from '../ids.js';
import type { ApiToken, By } from '../people/people.js';
import { isScope, type Scope } from '../people/scopes.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';

const TOKEN = /^jj_[A-Za-z0-9_-]{43}$/;

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly shops: readonly string[] | null;
}

type TokenRow = Omit<ApiToken, 'scopes' | 'shops'> & { scopes: string; shops: string | null };

const COLUMNS = 'id, name, scopes, shops, created_at AS createdAt, revoked_at AS revokedAt';

function tokenOf(row: TokenRow): ApiToken {
  return {
    ...row,
    scopes: (JSON.parse(row.scopes) as string[]).filter(isScope),
    shops: row.shops === null ? null : (JSON.parse(row.shops) as string[]),
  };
}

/** Makes a token. Its text is returned once and kept nowhere: 256 random bits need no slow hash. */
export async function createToken(db: Database, fresh: NewToken, by: By) {
  const id = newId();
  const token = `jj_${randomBytes(32).toString('base64url')}`;
  const { name, scopes, shops } = fresh;
  await db.transaction(async (tx) => {
    await tx.run('INSERT INTO api_token (id, name, token_hash, scopes, shops, created_at) VALUES (?, ?, ?, ?, ?, ?)', [
      id,
      name,
      sha256(token),
      JSON.stringify(scopes),
      shops === null ? null : JSON.stringify(shops),
      by.now,
    ]);
    const detail = { name, scopes, shops };
    await appendAudit(tx, { at: by.now, actor: by.actor, action: 'token.create', subject: id, detail });
  });
  return { id, name, token, scopes, shops };
}

/** The token with this text, or null when there is none or it was revoked. */
export async function findToken(sql: Sql, token: string): Promise<ApiToken | null> {
  if (!TOKEN.test(token)) return null;
  const rows = await sql.rows<TokenRow>(
    `SELECT ${COLUMNS} FROM api_token WHERE token_hash = ? AND revoked_at IS NULL`,
    [sha256(token)],
  );
  return rows[0] ? tokenOf(rows[0]) : null;
}

/** Newest first, revoked ones too. */
export async function listTokens(sql: Sql): Promise<ApiToken[]> {
  const rows = await sql.rows<TokenRow>(`SELECT ${COLUMNS} FROM api_token ORDER BY id DESC`);
  return rows.map(tokenOf);
}

/** Ends a token; false when there is none of this id that still works. */
export function revokeToken(db: Database, id: string, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const ended = await tx.run('UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', [by.now, id]);
    if (ended === 0) return false;
    await appendAudit(tx, { at: by.now, actor: by.actor, action: 'token.revoke', subject: id, detail: {} });
    return true;
  });
}
