import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BILL_STATES } from '../../money/bill.js';
import { INVOICE_STATES } from '../../money/invoice.js';
import { MATCH_CLASSES } from '../../money/match.js';
import { CODE, ID, OUTSIDE_ID, TABLE, TIME } from './columns.js';

const list = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');
const CONDITIONS = `VARCHAR(400) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''`;
const MONTH = 'CHAR(7) CHARACTER SET ascii COLLATE ascii_bin';

const UP = [
  `ALTER TABLE tariff ADD COLUMN conditions ${CONDITIONS}, DROP PRIMARY KEY, ADD PRIMARY KEY (carrier, valid_from, conditions)`,
  // What a price may depend on: weight, size, zone, service.
  'ALTER TABLE parcel ADD COLUMN freight VARCHAR(400) NULL',
  // Whose bill a fee will be on, and what the tariff says beside an amount that was stated.
  `ALTER TABLE ledger_entry
     ADD COLUMN biller ${CODE} NOT NULL DEFAULT '',
     ADD COLUMN tariff_conditions ${CONDITIONS},
     ADD COLUMN tariff_fen BIGINT NULL,
     ADD COLUMN correction_id ${ID} NULL,
     ADD COLUMN invoice_id ${ID} NULL,
     ADD KEY ledger_biller (biller, kind, verification, posted_at),
     ADD KEY ledger_invoice (invoice_id, verification)`,
  `UPDATE ledger_entry e JOIN intercept i ON i.id = e.intercept_id LEFT JOIN lane l ON l.id = i.lane_id
     SET e.biller = COALESCE(l.carrier, e.carrier)`,
  // A fee is corrected once at most; another correction is of the entry that the first one made.
  `CREATE TABLE fee_correction (
    id ${ID} NOT NULL PRIMARY KEY,
    entry_id ${ID} NOT NULL,
    intercept_id ${ID} NOT NULL,
    from_fen BIGINT NOT NULL,
    to_fen BIGINT NOT NULL,
    note VARCHAR(2000) NOT NULL,
    state ${CODE} NOT NULL,
    asked_by VARCHAR(191) NOT NULL,
    asked_at ${TIME} NOT NULL,
    decided_by VARCHAR(191) NULL,
    decided_at ${TIME} NULL,
    open_entry ${ID} GENERATED ALWAYS AS (CASE WHEN state = 'declined' THEN NULL ELSE entry_id END) STORED,
    UNIQUE KEY correction_once (open_entry),
    KEY correction_intercept (intercept_id),
    CHECK (state IN ('asked', 'posted', 'declined')),
    CHECK (to_fen >= 0 AND to_fen <> from_fen)
  ) ${TABLE}`,
  `CREATE TABLE bill_source (
    source ${CODE} NOT NULL PRIMARY KEY,
    mapping LONGTEXT NOT NULL,
    changed_by VARCHAR(191) NOT NULL,
    changed_at ${TIME} NOT NULL
  ) ${TABLE}`,
  `CREATE TABLE bill (
    id ${ID} NOT NULL PRIMARY KEY,
    source ${CODE} NOT NULL,
    period ${MONTH} NOT NULL,
    file_name VARCHAR(191) NOT NULL,
    format ${CODE} NOT NULL,
    actor VARCHAR(191) NOT NULL,
    state ${CODE} NOT NULL,
    read_count INT NOT NULL DEFAULT 0,
    created_count INT NOT NULL DEFAULT 0,
    left_out_count INT NOT NULL DEFAULT 0,
    bad_count INT NOT NULL DEFAULT 0,
    problem LONGTEXT NULL,
    created_at ${TIME} NOT NULL,
    finished_at ${TIME} NULL,
    KEY bill_state (state, id),
    CHECK (state IN (${list(BILL_STATES)}))
  ) ${TABLE}`,
  // The key is what makes a bill that comes twice change nothing; the number is for pages.
  `CREATE TABLE bill_line (
    source ${CODE} NOT NULL,
    line_key ${ID} NOT NULL,
    id BIGINT NOT NULL AUTO_INCREMENT,
    bill_id ${ID} NOT NULL,
    line INT NOT NULL,
    waybill_no ${OUTSIDE_ID} NOT NULL,
    amount_fen BIGINT NOT NULL,
    charged_on DATE NULL,
    period ${MONTH} NOT NULL,
    class ${CODE} NULL,
    due_fen BIGINT NOT NULL DEFAULT 0,
    entry_id ${ID} NULL,
    intercept_id ${ID} NULL,
    shop_id ${ID} NULL,
    PRIMARY KEY (source, line_key),
    KEY bill_line_id (id),
    KEY bill_line_bill (bill_id, line),
    KEY bill_line_waybill (waybill_no),
    KEY bill_line_class (source, period, class, id, amount_fen, due_fen),
    KEY bill_line_entry (entry_id),
    CHECK (amount_fen <> 0),
    CHECK (class IS NULL OR class IN (${list(MATCH_CLASSES)}))
  ) ${TABLE}`,
  `CREATE TABLE bill_bad_line (
    bill_id ${ID} NOT NULL,
    line INT NOT NULL,
    problem LONGTEXT NOT NULL,
    fields LONGTEXT NOT NULL,
    PRIMARY KEY (bill_id, line)
  ) ${TABLE}`,
  // A month of one biller. Once closed its lines and what they were found to be stay as they are.
  `CREATE TABLE bill_month (
    source ${CODE} NOT NULL,
    period ${MONTH} NOT NULL,
    closed_at ${TIME} NULL,
    closed_by VARCHAR(191) NULL,
    line_count INT NULL,
    charged_fen BIGINT NULL,
    PRIMARY KEY (source, period)
  ) ${TABLE}`,
  `CREATE TABLE invoice (
    id ${ID} NOT NULL PRIMARY KEY,
    source ${CODE} NOT NULL,
    period ${MONTH} NOT NULL,
    shop_id ${ID} NOT NULL,
    state ${CODE} NOT NULL,
    entry_count INT NOT NULL,
    total_fen BIGINT NOT NULL,
    number VARCHAR(64) NULL,
    requested_by VARCHAR(191) NOT NULL,
    requested_at ${TIME} NOT NULL,
    issued_at ${TIME} NULL,
    filed_at ${TIME} NULL,
    KEY invoice_shop (shop_id, id),
    CHECK (state IN (${list(INVOICE_STATES)})),
    CHECK (total_fen > 0),
    CHECK (state = 'requested' OR number IS NOT NULL)
  ) ${TABLE}`,
];

const DOWN = [
  ...['invoice', 'bill_month', 'bill_bad_line', 'bill_line', 'bill', 'bill_source', 'fee_correction'].map(
    (table) => `DROP TABLE ${table}`,
  ),
  `ALTER TABLE ledger_entry DROP KEY ledger_biller, DROP KEY ledger_invoice, DROP COLUMN biller,
     DROP COLUMN tariff_conditions, DROP COLUMN tariff_fen, DROP COLUMN correction_id, DROP COLUMN invoice_id`,
  'ALTER TABLE parcel DROP COLUMN freight',
  `DELETE FROM tariff WHERE conditions <> ''`,
  'ALTER TABLE tariff DROP PRIMARY KEY, ADD PRIMARY KEY (carrier, valid_from), DROP COLUMN conditions',
];

/** Prices with conditions, corrections, and what couriers and platforms charge: bills, their match, months, invoices. */
export class Bills0015 implements MigrationInterface {
  readonly name = 'Bills1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
