import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TIME } from './columns.js';

const UP = [
  // When a test job last came through: the dispatcher, Redis and a worker of this lane are alive.
  `ALTER TABLE lane ADD COLUMN canary_at ${TIME} NULL`,
  // All that the charts of couriers read lies in this index; it does what the shorter one did.
  `ALTER TABLE intercept
    ADD KEY intercept_cohort (created_at, carrier, shop_id, state, sent_at, accepted_at),
    DROP KEY intercept_created,
    ADD KEY intercept_changed (state, updated_at)`,
  // How much of its limit a lane has used in the last minute.
  'ALTER TABLE attempt ADD KEY attempt_started (started_at)',
];

const DOWN = [
  'ALTER TABLE attempt DROP KEY attempt_started',
  `ALTER TABLE intercept
    ADD KEY intercept_created (created_at),
    DROP KEY intercept_cohort,
    DROP KEY intercept_changed`,
  'ALTER TABLE lane DROP COLUMN canary_at',
];

/** What the overview and the lanes show at a glance, and is cheap to read among millions of rows. */
export class Overview0010 implements MigrationInterface {
  readonly name = 'Overview1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
