import { newId } from '../ids.js';
import { hashPassword } from '../people/password.js';
import type { By, User } from '../people/people.js';
import type { UserRole } from '../people/scopes.js';
import { appendAudit } from './audit-store.js';
import { type Database, isDuplicate, type Sql } from './database.js';
import { endSessionsOf } from './session-store.js';

export { verifyPassword } from '../people/password.js';
export { createToken, findToken, listTokens, revokeToken } from './token-store.js';

type UserRow = Omit<User, 'shops' | 'disabled'> & { shops: string | null; disabled: number };

const COLUMNS = 'id, email, role, shops, disabled, created_at AS createdAt, password_hash AS passwordHash';

function userOf(row: UserRow): User {
  return {
    ...row,
    shops: row.shops === null ? null : (JSON.parse(row.shops) as string[]),
    disabled: row.disabled === 1,
  };
}

/** Addresses are compared without letter case and outer spaces. */
const emailKey = (email: string): string => email.trim().toLowerCase();

/** The user of an address, or null. A disabled user is found too: the caller must look. */
export async function findUser(sql: Sql, email: string): Promise<User | null> {
  const rows = await sql.rows<UserRow>(`SELECT ${COLUMNS} FROM user_account WHERE email = ?`, [emailKey(email)]);
  return rows[0] ? userOf(rows[0]) : null;
}

export async function findUserById(sql: Sql, id: string): Promise<User | null> {
  const rows = await sql.rows<UserRow>(`SELECT ${COLUMNS} FROM user_account WHERE id = ?`, [id]);
  return rows[0] ? userOf(rows[0]) : null;
}

export async function listUsers(sql: Sql): Promise<User[]> {
  const rows = await sql.rows<UserRow>(`SELECT ${COLUMNS} FROM user_account ORDER BY email`);
  return rows.map(userOf);
}

export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly role: UserRole;
  readonly shops: readonly string[] | null;
}

/** Adds a user; null when the address is taken. */
export async function addUser(db: Database, fresh: NewUser, by: By): Promise<User | null> {
  const passwordHash = await hashPassword(fresh.password);
  const { role, shops } = fresh;
  const [id, email] = [newId(), emailKey(fresh.email)];
  try {
    await db.transaction(async (tx) => {
      await tx.run(
        'INSERT INTO user_account (id, email, password_hash, role, shops, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        [id, email, passwordHash, role, shops === null ? null : JSON.stringify(shops), by.now],
      );
      await appendAudit(tx, {
        at: by.now,
        actor: by.actor,
        action: 'user.add',
        subject: email,
        detail: { id, role, shops },
      });
    });
    return { id, email, role, shops, disabled: false, createdAt: by.now, passwordHash };
  } catch (error) {
    if (isDuplicate(error)) return null;
    throw error;
  }
}

/** What a change of a user does beside its columns: whoever is signed in as him is out. */
async function change(
  db: Database,
  email: string,
  action: string,
  columns: { readonly set: string; readonly values: readonly string[] },
  by: By,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const user = await findUser(tx, email);
    if (!user) return false;
    await tx.run(`UPDATE user_account SET ${columns.set} WHERE id = ?`, [...columns.values, user.id]);
    await endSessionsOf(tx, user.email);
    await appendAudit(tx, { at: by.now, actor: by.actor, action, subject: user.email, detail: { id: user.id } });
    return true;
  });
}

/** Gives a user another password and ends his sessions; false when there is no such user. */
export async function setPassword(db: Database, email: string, password: string, by: By): Promise<boolean> {
  const values = [await hashPassword(password)];
  return change(db, email, 'user.passwd', { set: 'password_hash = ?', values }, by);
}

/** Locks a user out, signed in or not; false when there is no such user. Nothing is deleted: the audit chain names him. */
export function disableUser(db: Database, email: string, by: By): Promise<boolean> {
  return change(db, email, 'user.disable', { set: 'disabled = 1', values: [] }, by);
}
