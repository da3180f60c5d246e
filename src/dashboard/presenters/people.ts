import type { ApiToken, User } from '../../domain/people/people.js';
import type { AuditView } from '../../domain/store/audit-reader.js';
import type { ChainCheck } from '../../domain/store/audit-store.js';
import type { OpenSession } from '../../domain/store/session-store.js';
import type {
  AuditEntryAnswer,
  ChainCheckAnswer,
  SessionRowAnswer,
  TokenAnswer,
  UserAnswer,
} from '../api/schemas/people.js';
import { IDLE_MS } from '../auth/session.js';
import { maskDeep, time, timeOrNull } from './words.js';

const listOf = (shops: readonly string[] | null) => (shops === null ? null : [...shops]);

/** A user; his password's hash stays inside. */
export function presentUser({ id, email, role, shops, disabled, createdAt }: User, sessions: number): UserAnswer {
  return { id, email, role, shops: listOf(shops), disabled, createdAt: time(createdAt), sessions };
}

export function presentToken(
  { id, name, scopes, shops, createdAt, revokedAt }: ApiToken,
  usedAt: Date | null,
): TokenAnswer {
  return {
    id,
    name,
    scopes: [...scopes],
    shops: listOf(shops),
    createdAt: time(createdAt),
    revokedAt: timeOrNull(revokedAt),
    lastUsedAt: timeOrNull(usedAt),
  };
}

export function presentSession({ id, email, loggedInAt, expiresAt, agent }: OpenSession): SessionRowAnswer {
  const lastSeenAt = new Date(Math.max(loggedInAt.getTime(), expiresAt.getTime() - IDLE_MS));
  return { id, email, loggedInAt: time(loggedInAt), lastSeenAt: time(lastSeenAt), agent };
}

export function presentAudit({ id, at, actor, action, subject, detail }: AuditView): AuditEntryAnswer {
  return { id: String(id), at: time(at), actor, action, subject, detail: maskDeep(detail) };
}

export function presentCheck(check: ChainCheck, at: Date): ChainCheckAnswer {
  const { ok, rows } = check;
  const broken = check.ok ? null : check;
  const brokenAt = broken?.brokenAt == null ? null : String(broken.brokenAt);
  return { ok, rows, brokenAt, why: broken?.why ?? null, checkedAt: time(at) };
}
