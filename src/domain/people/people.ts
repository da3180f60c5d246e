import type { Scope, UserRole } from './scopes.js';

/** Somebody who may sign in. `shops` null: all shops. The hash stays inside: what is shown picks its fields. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly role: UserRole;
  readonly shops: readonly string[] | null;
  readonly disabled: boolean;
  readonly createdAt: Date;
  readonly passwordHash: string;
}

/** An API token as it is kept: never the token itself, only what it may do. `shops` null: all shops. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly shops: readonly string[] | null;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Who does something and when, for the audit chain. */
export interface By {
  /** `cli:<login>`, `user:<email>`, `token:<name>`. */
  readonly actor: string;
  readonly now: Date;
}
