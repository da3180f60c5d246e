import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ALL_CLAIM_KINDS } from '../../claims/kinds.js';
import { CLAIM_STATES } from '../../claims/machine.js';
import { ALL_RETURN_STATES } from '../../returns/states.js';
import { CODE, ID, OUTSIDE_ID, TABLE, TIME } from './columns.js';

const list = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');

const CLAIM_COLUMNS = `
    id ${ID} NOT NULL PRIMARY KEY,
    intercept_id ${ID} NOT NULL,
    kind ${CODE} NOT NULL,
    state ${CODE} NOT NULL`;

const UP = [
  `CREATE TABLE expected_return (
    id ${ID} NOT NULL PRIMARY KEY,
    parcel_id ${ID} NOT NULL,
    intercept_id ${ID} NOT NULL,
    shop_id ${ID} NOT NULL,
    state ${CODE} NOT NULL DEFAULT 'expected',
    compared TINYINT NOT NULL DEFAULT 0,
    stopped_at ${TIME} NULL,
    due_at ${TIME} NULL,
    booked_at ${TIME} NULL,
    note VARCHAR(2000) NULL,
    version INT NOT NULL DEFAULT 1,
    created_at ${TIME} NOT NULL,
    updated_at ${TIME} NOT NULL,
    UNIQUE KEY return_parcel (parcel_id),
    KEY return_intercept (intercept_id),
    KEY return_due (state, due_at),
    KEY return_shop (shop_id, booked_at),
    CHECK (state IN (${list(ALL_RETURN_STATES)}))
  ) ${TABLE}`,
  // A number under which a parcel comes back, beside its own; it belongs to one parcel.
  `CREATE TABLE return_number (
    waybill_no ${OUTSIDE_ID} NOT NULL PRIMARY KEY,
    parcel_id ${ID} NOT NULL,
    actor VARCHAR(191) NOT NULL,
    created_at ${TIME} NOT NULL,
    KEY return_number_parcel (parcel_id)
  ) ${TABLE}`,
  // What travels in a parcel for one after-sale, as the request says.
  `CREATE TABLE parcel_line (
    parcel_id ${ID} NOT NULL,
    after_sale_id ${ID} NOT NULL,
    sku ${OUTSIDE_ID} NOT NULL,
    name VARCHAR(500) NOT NULL,
    quantity INT NOT NULL,
    paid_fen BIGINT NULL,
    PRIMARY KEY (parcel_id, after_sale_id, sku),
    CHECK (quantity > 0)
  ) ${TABLE}`,
  'ALTER TABLE parcel ADD COLUMN is_large TINYINT NOT NULL DEFAULT 0',
  `ALTER TABLE receipt
    ADD COLUMN shops LONGTEXT NULL,
    ADD COLUMN booked_by VARCHAR(191) NOT NULL DEFAULT '',
    ADD COLUMN body_hash ${ID} NOT NULL DEFAULT '',
    ADD KEY receipt_parcel (parcel_id)`,
  // Pieces of a booked line that count for a parcel: none counts twice.
  `CREATE TABLE receipt_use (
    receipt_id ${ID} NOT NULL,
    line INT NOT NULL,
    parcel_id ${ID} NOT NULL,
    quantity INT NOT NULL,
    PRIMARY KEY (receipt_id, line, parcel_id),
    KEY receipt_use_parcel (parcel_id),
    CHECK (quantity > 0)
  ) ${TABLE}`,
  'RENAME TABLE claim TO claim_before',
  // One claim an intercept, whatever it is for: the goods are paid for once.
  `CREATE TABLE claim (${CLAIM_COLUMNS},
    parcel_id ${ID} NOT NULL,
    shop_id ${ID} NOT NULL,
    carrier ${ID} NOT NULL,
    waybill_no ${OUTSIDE_ID} NOT NULL,
    value_fen BIGINT NULL,
    amount_fen BIGINT NULL,
    accepted_fen BIGINT NULL,
    paid_fen BIGINT NOT NULL DEFAULT 0,
    reference VARCHAR(191) NULL,
    answer VARCHAR(2000) NULL,
    due_at ${TIME} NULL,
    filed_at ${TIME} NULL,
    answered_at ${TIME} NULL,
    version INT NOT NULL DEFAULT 1,
    created_at ${TIME} NOT NULL,
    updated_at ${TIME} NOT NULL,
    UNIQUE KEY claim_intercept (intercept_id),
    KEY claim_state (state, due_at),
    KEY claim_shop (shop_id, id),
    CHECK (kind IN (${list(ALL_CLAIM_KINDS)})),
    CHECK (state IN (${list(CLAIM_STATES)})),
    CHECK (amount_fen IS NULL OR amount_fen BETWEEN 1 AND 100000),
    CHECK (accepted_fen IS NULL OR accepted_fen BETWEEN 1 AND 100000),
    CHECK (state NOT IN ('filed', 'accepted', 'paid') OR amount_fen IS NOT NULL),
    CHECK (state NOT IN ('accepted', 'paid') OR accepted_fen IS NOT NULL)
  ) ${TABLE}`,
  `INSERT INTO claim (id, intercept_id, kind, state, parcel_id, shop_id, carrier, waybill_no, value_fen, amount_fen, created_at, updated_at)
    SELECT c.id, c.intercept_id, 'lost', 'draft', i.parcel_id, i.shop_id, i.carrier, i.waybill_no, i.value_fen,
      IF(i.value_fen > 0, LEAST(i.value_fen, 100000), NULL), c.created_at, c.updated_at
    FROM claim_before c JOIN intercept i ON i.id = c.intercept_id`,
  'DROP TABLE claim_before',
  `CREATE TABLE claim_step (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    claim_id ${ID} NOT NULL,
    version INT NOT NULL,
    from_state ${CODE} NULL,
    event ${CODE} NOT NULL,
    to_state ${CODE} NOT NULL,
    actor VARCHAR(191) NOT NULL,
    note VARCHAR(2000) NULL,
    at ${TIME} NOT NULL,
    UNIQUE KEY claim_step_version (claim_id, version)
  ) ${TABLE}`,
  // Money that couriers paid; append-only like the fees. A mistake is reversed.
  `CREATE TABLE claim_entry (
    id ${ID} NOT NULL PRIMARY KEY,
    claim_id ${ID} NOT NULL,
    seq INT NOT NULL,
    kind ${CODE} NOT NULL,
    amount_fen BIGINT NOT NULL,
    reference ${OUTSIDE_ID} NULL,
    reverses_id ${ID} NULL,
    received_at ${TIME} NOT NULL,
    actor VARCHAR(191) NOT NULL,
    posted_at ${TIME} NOT NULL,
    UNIQUE KEY claim_entry_seq (claim_id, seq),
    UNIQUE KEY claim_entry_reference (claim_id, reference),
    UNIQUE KEY claim_entry_reverses (reverses_id),
    CHECK (amount_fen > 0),
    CHECK (kind IN ('payment', 'reversal')),
    CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)),
    CHECK ((kind = 'payment') = (reference IS NOT NULL))
  ) ${TABLE}`,
  `CREATE TRIGGER claim_entry_no_delete BEFORE DELETE ON claim_entry FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payments of claims are never deleted; post a reversal'`,
  `CREATE TRIGGER claim_entry_no_update BEFORE UPDATE ON claim_entry FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'payments of claims are never changed; post a reversal'`,
  // What is on its way back at this moment is expected from the start; the rest is followed from here on.
  `INSERT INTO expected_return (id, parcel_id, intercept_id, shop_id, stopped_at, due_at, created_at, updated_at)
    SELECT i.id, i.parcel_id, i.id, i.shop_id, IF(i.state = 'intercepted', i.updated_at, NULL),
      IF(i.state = 'intercepted', i.updated_at + INTERVAL 3 DAY, NULL), i.accepted_at, i.updated_at
    FROM intercept i WHERE i.state IN ('accepted', 'intercepted') AND i.accepted_at IS NOT NULL`,
  `INSERT INTO follow_cursor (name, last_id, updated_at) SELECT 'returns', COALESCE(MAX(id), 0), NOW(3) FROM transition`,
];

const DOWN = [
  "DELETE FROM follow_cursor WHERE name = 'returns'",
  'DROP TABLE claim_entry',
  'DROP TABLE claim_step',
  'DROP TABLE claim',
  `CREATE TABLE claim (${CLAIM_COLUMNS},
    amount_fen BIGINT NULL CHECK (amount_fen BETWEEN 1 AND 100000),
    created_at ${TIME} NOT NULL,
    updated_at ${TIME} NOT NULL,
    UNIQUE KEY claim_once (intercept_id, kind)
  ) ${TABLE}`,
  'DROP TABLE receipt_use',
  'ALTER TABLE receipt DROP KEY receipt_parcel, DROP COLUMN body_hash, DROP COLUMN booked_by, DROP COLUMN shops',
  'ALTER TABLE parcel DROP COLUMN is_large',
  'DROP TABLE parcel_line',
  'DROP TABLE return_number',
  'DROP TABLE expected_return',
];

/** Goods that come back, what the warehouse booked, and what couriers owe for the rest (R33, R52, R75). */
export class ReturnsAndClaims0014 implements MigrationInterface {
  readonly name = 'ReturnsAndClaims1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
