import type { MigrationInterface, QueryRunner } from 'typeorm';

const TRIGGERS = {
  audit_no_delete: `BEFORE DELETE ON audit FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit entries are never deleted'`,
  audit_no_update: `BEFORE UPDATE ON audit FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit entries are never changed'`,
} as const;

/** The audit log only grows: the database itself refuses everything else, whatever the program asks for (S26). */
export class AuditAppendOnly0013 implements MigrationInterface {
  readonly name = 'AuditAppendOnly1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, rest] of Object.entries(TRIGGERS)) await runner.query(`CREATE TRIGGER ${name} ${rest}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(TRIGGERS)) await runner.query(`DROP TRIGGER ${name}`);
  }
}
