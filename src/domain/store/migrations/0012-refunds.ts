import type { MigrationInterface, QueryRunner } from 'typeorm';
import { REFUND_OPERATIONS, REFUND_STATES } from '../../refund/machine.js';
import { CODE, ID, OUTSIDE_ID, TABLE, TIME } from './columns.js';

const list = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');

const UP = [
  // Nothing ever wrote to the first form of this table: it was kept for what is made here.
  'DROP TABLE refund_action',
  // One decision an after-sale and operation, whatever triggers it: the unique key is the promise that none is paid twice.
  `CREATE TABLE refund_action (
    id ${ID} NOT NULL PRIMARY KEY,
    after_sale_id ${ID} NOT NULL,
    operation ${CODE} NOT NULL,
    state ${CODE} NOT NULL,
    reason ${CODE} NOT NULL,
    shop_id ${ID} NOT NULL,
    platform ${CODE} NOT NULL,
    intercept_id ${ID} NOT NULL,
    order_id ${OUTSIDE_ID} NULL,
    amount_fen BIGINT NULL,
    platform_version VARCHAR(64) NULL,
    approved_fen BIGINT NULL,
    approved_by VARCHAR(191) NULL,
    version INT NOT NULL DEFAULT 1,
    tries INT NOT NULL DEFAULT 0,
    next_at ${TIME} NULL,
    lease_until ${TIME} NULL,
    called_at ${TIME} NULL,
    acknowledged_at ${TIME} NULL,
    confirmed_at ${TIME} NULL,
    raw_code VARCHAR(64) NULL,
    raw_text VARCHAR(500) NULL,
    created_at ${TIME} NOT NULL,
    updated_at ${TIME} NOT NULL,
    UNIQUE KEY refund_once (after_sale_id, operation),
    KEY refund_due (next_at),
    KEY refund_state (state, shop_id),
    KEY refund_intercept (intercept_id),
    CHECK (operation IN (${list(REFUND_OPERATIONS)})),
    CHECK (state IN (${list(REFUND_STATES)})),
    CHECK (amount_fen IS NULL OR amount_fen > 0),
    CHECK (state NOT IN ('started', 'acknowledged', 'unknown', 'confirmed') OR (called_at IS NOT NULL AND amount_fen IS NOT NULL))
  ) ${TABLE}`,
  `CREATE TABLE refund_step (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    refund_id ${ID} NOT NULL,
    version INT NOT NULL,
    from_state ${CODE} NULL,
    event ${CODE} NOT NULL,
    to_state ${CODE} NOT NULL,
    actor VARCHAR(191) NOT NULL,
    reason ${CODE} NOT NULL,
    note VARCHAR(2000) NULL,
    at ${TIME} NOT NULL,
    UNIQUE KEY refund_step_version (refund_id, version)
  ) ${TABLE}`,
  // How far an append-only table has been followed by somebody who must miss nothing.
  `CREATE TABLE follow_cursor (
    name ${ID} NOT NULL PRIMARY KEY,
    last_id BIGINT NOT NULL,
    updated_at ${TIME} NOT NULL
  ) ${TABLE}`,
];

const DOWN = [
  'DROP TABLE follow_cursor',
  'DROP TABLE refund_step',
  'DROP TABLE refund_action',
  `CREATE TABLE refund_action (
    id ${ID} NOT NULL PRIMARY KEY,
    after_sale_id ${ID} NOT NULL,
    operation ${CODE} NOT NULL,
    state ${CODE} NOT NULL,
    amount_fen BIGINT NOT NULL,
    platform_version VARCHAR(64) NULL,
    created_at ${TIME} NOT NULL,
    updated_at ${TIME} NOT NULL,
    UNIQUE KEY refund_once (after_sale_id, operation),
    CHECK (state IN ('started', 'acknowledged', 'confirmed', 'unknown'))
  ) ${TABLE}`,
];

/** What was decided about each after-sale's money, claimed and recorded like a send (R73). */
export class Refunds0012 implements MigrationInterface {
  readonly name = 'Refunds1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
