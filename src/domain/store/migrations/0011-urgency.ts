import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ID, TABLE, TIME } from './columns.js';

const UP = [
  // The nearest deadlines of each shop that waits at a lane, and how many of each are under way.
  `ALTER TABLE intercept ADD KEY intercept_lane_shop (lane_id, state, dispatched_at, shop_id, deadline_at)`,
  // How much slower than its limit a lane goes, because its courier complained; it fades with time.
  `ALTER TABLE lane ADD COLUMN slow DOUBLE NOT NULL DEFAULT 1, ADD COLUMN slowed_at ${TIME} NULL`,
  // What the past says of the time until "out for delivery", by courier; made anew every few minutes.
  `CREATE TABLE road_time (
    carrier ${ID} NOT NULL,
    share DECIMAL(3, 2) NOT NULL,
    since_first_ms BIGINT NOT NULL,
    since_last_ms BIGINT NOT NULL,
    parcels INT NOT NULL,
    learnt_at ${TIME} NOT NULL,
    PRIMARY KEY (carrier, share)
  ) ${TABLE}`,
];

const DOWN = [
  'DROP TABLE road_time',
  'ALTER TABLE lane DROP COLUMN slow, DROP COLUMN slowed_at',
  'ALTER TABLE intercept DROP KEY intercept_lane_shop',
];

/** What the order of a lane's window is made from. */
export class Urgency0011 implements MigrationInterface {
  readonly name = 'Urgency1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
