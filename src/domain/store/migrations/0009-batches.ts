import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE, ID, TABLE, TIME } from './columns.js';

const UP = [
  `CREATE TABLE import_batch (
    id ${ID} NOT NULL PRIMARY KEY,
    shop_id ${ID} NOT NULL,
    file_name VARCHAR(191) NOT NULL,
    format ${CODE} NOT NULL,
    actor VARCHAR(191) NOT NULL,
    state ${CODE} NOT NULL,
    row_count INT NOT NULL DEFAULT 0,
    problem LONGTEXT NULL,
    started_by VARCHAR(191) NULL,
    created_at ${TIME} NOT NULL,
    finished_at ${TIME} NULL,
    KEY import_state (state, id),
    KEY import_shop (shop_id, id),
    CHECK (state IN ('uploading', 'reading', 'previewing', 'previewed', 'running', 'done', 'aborted', 'unreadable'))
  ) ${TABLE}`,
  `CREATE TABLE import_chunk (
    import_id ${ID} NOT NULL,
    seq INT NOT NULL,
    bytes MEDIUMBLOB NOT NULL,
    PRIMARY KEY (import_id, seq)
  ) ${TABLE}`,
  // Rows in the order of the file; a line's number alone would not tell two broken lines apart.
  `CREATE TABLE import_row (
    import_id ${ID} NOT NULL,
    seq INT NOT NULL,
    line INT NOT NULL,
    fields LONGTEXT NOT NULL,
    parcel_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    problem LONGTEXT NULL,
    class ${CODE} NULL,
    reason ${CODE} NULL,
    joins_line INT NULL,
    fee_fen BIGINT NULL,
    outcome ${CODE} NULL,
    intercept_id ${ID} NULL,
    done_at ${TIME} NULL,
    PRIMARY KEY (import_id, seq),
    KEY import_parcel (import_id, parcel_key, seq),
    KEY import_class (import_id, class, seq),
    KEY import_outcome (import_id, outcome, seq)
  ) ${TABLE}`,
  'ALTER TABLE replay ADD COLUMN per_second INT NULL, ADD COLUMN paced_at DATETIME(3) NULL',
];

const DOWN = [
  'ALTER TABLE replay DROP COLUMN per_second, DROP COLUMN paced_at',
  'DROP TABLE import_row',
  'DROP TABLE import_chunk',
  'DROP TABLE import_batch',
];

/** Files of requests as batches that everybody sees, row by row with decision and outcome; the chosen rate of a replay. */
export class Batches0009 implements MigrationInterface {
  readonly name = 'Batches1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
