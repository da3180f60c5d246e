import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE, ID, TABLE, TIME } from './columns.js';

const UP = [
  // No version before this one wrote to the outbox: it is empty, so columns without a default may be added.
  `ALTER TABLE outbox
    ADD COLUMN message_id ${ID} NOT NULL,
    ADD COLUMN target_id ${ID} NOT NULL,
    ADD COLUMN state ${CODE} NOT NULL DEFAULT 'waiting',
    ADD COLUMN body LONGTEXT NULL,
    ADD COLUMN give_up_at ${TIME} NOT NULL,
    ADD COLUMN http_status INT NULL,
    ADD COLUMN last_error VARCHAR(500) NULL,
    ADD CONSTRAINT outbox_state CHECK (state IN ('waiting', 'delivered', 'dead')),
    DROP KEY outbox_due,
    ADD UNIQUE KEY outbox_message (message_id, target_id),
    ADD KEY outbox_due (target_id, state, due_at),
    ADD KEY outbox_order (subject_id, target_id, state, id),
    ADD KEY outbox_age (state, give_up_at)`,
  `CREATE TABLE alert (
    kind ${CODE} NOT NULL,
    subject_id ${ID} NOT NULL,
    since ${TIME} NOT NULL,
    PRIMARY KEY (kind, subject_id)
  ) ${TABLE}`,
];

const DOWN = [
  'DROP TABLE alert',
  `ALTER TABLE outbox
    DROP CONSTRAINT outbox_state,
    DROP KEY outbox_message, DROP KEY outbox_due, DROP KEY outbox_order, DROP KEY outbox_age,
    DROP COLUMN message_id, DROP COLUMN target_id, DROP COLUMN state, DROP COLUMN body, DROP COLUMN give_up_at,
    DROP COLUMN http_status, DROP COLUMN last_error,
    ADD KEY outbox_due (done_at, due_at)`,
];

/** One outbox row a message and target, with what became of it; which alerts are raised now. */
export class Outbox0005 implements MigrationInterface {
  readonly name = 'Outbox1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
