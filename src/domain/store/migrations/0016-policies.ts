import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CHANCE_GROUPS } from '../../scorecard/chance.js';
import { CODE, ID, TABLE, TIME } from './columns.js';

const UP = [
  // Whose version it is, and why; of versions before this one the audit log knows.
  `ALTER TABLE policy_version
    ADD COLUMN created_by VARCHAR(191) NULL,
    ADD COLUMN note VARCHAR(500) NULL`,
  // A draft that runs beside the published policy and does nothing.
  `CREATE TABLE policy_shadow (
    policy_id ${ID} NOT NULL PRIMARY KEY,
    body LONGTEXT NOT NULL,
    created_by VARCHAR(191) NOT NULL,
    since ${TIME} NOT NULL
  ) ${TABLE}`,
  // One row a policy whose brake was ever pulled: while it is on, nothing of that policy goes by itself.
  `CREATE TABLE policy_brake (
    policy_id ${ID} NOT NULL PRIMARY KEY,
    pulled TINYINT NOT NULL,
    pulled_at ${TIME} NOT NULL,
    hour_count INT NOT NULL,
    usual_count DOUBLE NOT NULL,
    quiet_until ${TIME} NULL
  ) ${TABLE}`,
  // What orders came to, as far back as the scorecards look; learnt anew every ten minutes.
  `CREATE TABLE stop_chance (
    carrier ${ID} NOT NULL,
    grouped_by ${CODE} NOT NULL,
    name VARCHAR(191) NOT NULL,
    asked INT NOT NULL,
    stopped INT NOT NULL,
    learnt_at ${TIME} NOT NULL,
    PRIMARY KEY (carrier, grouped_by, name),
    CHECK (grouped_by IN (${CHANCE_GROUPS.map((group) => `'${group}'`).join(', ')})),
    CHECK (stopped BETWEEN 0 AND asked)
  ) ${TABLE}`,
  // The end of which shift a target was told of: one digest a target and shift, by however many processes.
  `CREATE TABLE digest_sent (
    target_id ${ID} NOT NULL,
    shift_end ${TIME} NOT NULL,
    PRIMARY KEY (target_id, shift_end)
  ) ${TABLE}`,
];

const DOWN = [
  'DROP TABLE digest_sent',
  'DROP TABLE stop_chance',
  'DROP TABLE policy_brake',
  'DROP TABLE policy_shadow',
  'ALTER TABLE policy_version DROP COLUMN created_by, DROP COLUMN note',
];

/** Drafts and brakes of policies, what stops are likely to come to, and the digests of shifts (R78). */
export class Policies0016 implements MigrationInterface {
  readonly name = 'Policies1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
