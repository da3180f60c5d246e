import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE, ID, TABLE, TIME } from './columns.js';

const UP = [
  'ALTER TABLE intercept ADD COLUMN stated_fee_fen BIGINT NULL',
  `CREATE TABLE intake_state (
    shop_id ${ID} NOT NULL,
    door ${CODE} NOT NULL,
    cursor_at ${TIME} NULL,
    next_at ${TIME} NULL,
    last_ok_at ${TIME} NULL,
    failed_since ${TIME} NULL,
    last_error VARCHAR(500) NULL,
    PRIMARY KEY (shop_id, door),
    CHECK (door IN ('poll', 'socket'))
  ) ${TABLE}`,
  `CREATE TABLE lease (
    name VARCHAR(191) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    holder ${ID} NOT NULL,
    held_until ${TIME} NOT NULL
  ) ${TABLE}`,
];

const DOWN = ['DROP TABLE lease', 'DROP TABLE intake_state', 'ALTER TABLE intercept DROP COLUMN stated_fee_fen'];

/** How far each shop's polls and sockets have come, who holds what only one process may do, fees stated by couriers. */
export class Intake0006 implements MigrationInterface {
  readonly name = 'Intake1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
