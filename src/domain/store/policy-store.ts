import { stableJson } from '../settings/diff.js';
import { type PolicyBody, STORED } from '../settings/file-schema.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';

/** One version of a policy as it was written; `version` 1 is the first. */
export interface PolicyVersion {
  readonly version: number;
  readonly body: PolicyBody;
  readonly at: Date;
  /** null: written before authors were kept; the audit log knows. */
  readonly by: string | null;
  readonly note: string | null;
}

/** JSON that this system wrote itself; a key that this version dropped is left out, a new one gets its default. */
const bodyOf = (id: string, text: string): PolicyBody =>
  STORED.policy.parse({ ...(JSON.parse(text) as Record<string, unknown>), id });

const MOST_VERSIONS = 100;

/** The versions of a policy, the newest first, as many as somebody reads. */
export async function policyVersions(sql: Sql, id: string): Promise<PolicyVersion[]> {
  const rows = await sql.rows<Omit<PolicyVersion, 'body'> & { body: string }>(
    `SELECT version, body, created_at AS at, created_by AS \`by\`, note FROM policy_version
     WHERE policy_id = ? ORDER BY version DESC LIMIT ?`,
    [id, MOST_VERSIONS],
  );
  return rows.map(({ body, ...row }) => ({ ...row, body: bodyOf(id, body) }));
}

/** When each policy was written last, by whom. */
export function newestVersions(sql: Sql): Promise<{ id: string; version: number; at: Date; by: string | null }[]> {
  return sql.rows(
    `SELECT p.policy_id AS id, p.version, p.created_at AS at, p.created_by AS \`by\` FROM policy_version p
     JOIN (SELECT policy_id, MAX(version) AS version FROM policy_version GROUP BY policy_id) n
       ON n.policy_id = p.policy_id AND n.version = p.version ORDER BY p.policy_id`,
  );
}

/** A draft that runs beside the published policy: every decision since then is compared, none is changed. */
export interface Shadow {
  readonly policyId: string;
  readonly body: PolicyBody;
  readonly by: string;
  readonly since: Date;
}

export async function readShadows(sql: Sql): Promise<Shadow[]> {
  const rows = await sql.rows<Omit<Shadow, 'body'> & { body: string }>(
    'SELECT policy_id AS policyId, body, created_by AS `by`, since FROM policy_shadow ORDER BY policy_id',
  );
  return rows.map((row) => ({ ...row, body: bodyOf(row.policyId, row.body) }));
}

/** Puts a draft into the shadow; one that was there before gives way, and the comparison begins anew. */
export function startShadow(
  db: Database,
  { id, ...body }: PolicyBody,
  by: { readonly actor: string; readonly now: Date },
): Promise<void> {
  const { actor, now } = by;
  return db.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO policy_shadow (policy_id, body, created_by, since) VALUES (?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE body = VALUES(body), created_by = VALUES(created_by), since = VALUES(since)`,
      [id, stableJson(body), actor, now],
    );
    await appendAudit(tx, { at: now, actor, action: 'policy.shadow', subject: id, detail: { draft: body } });
  });
}

/** Takes a draft out of the shadow. false: there was none. */
export function endShadow(
  db: Database,
  id: string,
  by: { readonly actor: string; readonly reason: string | null; readonly now: Date },
): Promise<boolean> {
  const { actor, reason, now } = by;
  return db.transaction(async (tx) => {
    const ended = await tx.run('DELETE FROM policy_shadow WHERE policy_id = ?', [id]);
    if (ended === 1) {
      await appendAudit(tx, { at: now, actor, action: 'policy.shadow_end', subject: id, detail: { reason } });
    }
    return ended === 1;
  });
}
