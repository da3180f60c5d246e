import type { Database } from '../../src/domain/store/database.js';

/** What a database administrator could do to the audit log after taking its guards away. They are not put back. */
export async function takeAuditGuardsAway(db: Database): Promise<void> {
  for (const name of ['audit_no_delete', 'audit_no_update']) await db.run(`DROP TRIGGER IF EXISTS ${name}`);
}
