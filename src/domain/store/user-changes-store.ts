import { generatePassword, hashPassword } from '../people/password.js';
import type { By, User } from '../people/people.js';
import type { UserRole } from '../people/scopes.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';
import { findUserById } from './people-store.js';
import { endSessionsOf } from './session-store.js';

/** What an administrator may change of a user. */
export interface UserRights {
  readonly role: UserRole;
  readonly shops: readonly string[] | null;
  readonly disabled: boolean;
}

/** Why a change of a user was not made. `moved`: he is no longer as whoever asks believes. */
export type UserRefusal = 'not_found' | 'beyond_own_rights' | 'last_admin' | 'moved';

export type UserOutcome = { readonly user: User } | { readonly refused: UserRefusal };

export interface UserChange {
  readonly to: Partial<UserRights>;
  /** As the person who asks has seen him; null: it does not matter. */
  readonly was: UserRights | null;
  /** May whoever asks touch a user of this role, and make one? */
  readonly mayTouch: (role: UserRole) => boolean;
  readonly action: 'user.change' | 'user.disable' | 'user.enable';
  readonly reason: string | null;
}

const rightsOf = ({ role, shops, disabled }: UserRights): UserRights => ({ role, shops, disabled });
const sameRights = (a: UserRights, b: UserRights) =>
  a.role === b.role && a.disabled === b.disabled && JSON.stringify(a.shops) === JSON.stringify(b.shops);
const isKeyholder = ({ role, shops, disabled }: UserRights) => role === 'admin' && shops === null && !disabled;

/** Those who can let others in: administrators of all shops. Whoever changes rights waits here for the one before him. */
async function lockKeyholders(tx: Sql): Promise<number> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT id FROM user_account WHERE role = 'admin' AND disabled = 0 AND shops IS NULL FOR UPDATE`,
  );
  return rows.length;
}

/**
 * Changes what a user may do, with before, after and reason in the audit chain. The last administrator of all shops stays
 * one, whoever asks and however many ask at once. Whoever is switched off is signed out.
 */
export function changeUser(db: Database, id: string, change: UserChange, by: By): Promise<UserOutcome> {
  return db.transaction(async (tx): Promise<UserOutcome> => {
    const keyholders = await lockKeyholders(tx);
    const user = await findUserById(tx, id);
    if (!user) return { refused: 'not_found' };
    const before = rightsOf(user);
    const after = { ...before, ...change.to };
    if (!change.mayTouch(before.role) || !change.mayTouch(after.role)) return { refused: 'beyond_own_rights' };
    if (change.was && !sameRights(change.was, before)) return { refused: 'moved' };
    if (isKeyholder(before) && !isKeyholder(after) && keyholders === 1) return { refused: 'last_admin' };
    if (sameRights(before, after)) return { user };
    const { role, shops, disabled } = after;
    await tx.run('UPDATE user_account SET role = ?, shops = ?, disabled = ? WHERE id = ?', [
      role,
      shops === null ? null : JSON.stringify(shops),
      disabled ? 1 : 0,
      id,
    ]);
    if (disabled) await endSessionsOf(tx, user.email);
    const reason = change.reason === null ? {} : { reason: change.reason };
    await appendAudit(tx, {
      at: by.now,
      actor: by.actor,
      action: change.action,
      subject: user.email,
      detail: { id, before, after, ...reason },
    });
    return { user: { ...user, ...after } };
  });
}

/** Gives a user a new password of ours, to be told to him once, and ends his sessions. */
export async function resetPassword(
  db: Database,
  id: string,
  mayTouch: (role: UserRole) => boolean,
  by: By,
): Promise<{ readonly password: string } | { readonly refused: UserRefusal }> {
  const password = generatePassword();
  const hash = await hashPassword(password);
  return db.transaction(async (tx): Promise<{ password: string } | { refused: UserRefusal }> => {
    const user = await findUserById(tx, id);
    if (!user) return { refused: 'not_found' };
    if (!mayTouch(user.role)) return { refused: 'beyond_own_rights' };
    await tx.run('UPDATE user_account SET password_hash = ? WHERE id = ?', [hash, id]);
    await endSessionsOf(tx, user.email);
    await appendAudit(tx, { at: by.now, actor: by.actor, action: 'user.passwd', subject: user.email, detail: { id } });
    return { password };
  });
}
