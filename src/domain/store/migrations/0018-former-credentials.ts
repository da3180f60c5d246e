import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TIME } from './columns.js';

const TABLES = ['shop', 'carrier_account'] as const;

/** The credentials that were replaced last, sealed as the present ones are, and until when messages signed with them count (S5). */
export class FormerCredentials0018 implements MigrationInterface {
  readonly name = 'FormerCredentials1700000000018';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(
        `ALTER TABLE ${table} ADD COLUMN former_credentials LONGTEXT NULL, ADD COLUMN former_until ${TIME} NULL`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} DROP COLUMN former_credentials, DROP COLUMN former_until`);
    }
  }
}
