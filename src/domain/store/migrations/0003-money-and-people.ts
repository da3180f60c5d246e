import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE, ID, OUTSIDE_ID, TABLE, TIME } from './columns.js';

const TABLES = [
  `CREATE TABLE ledger_entry (
    id ${ID} NOT NULL PRIMARY KEY,
    intercept_id ${ID} NOT NULL,
    seq INT NOT NULL,
    kind ${CODE} NOT NULL,
    carrier ${CODE} NOT NULL,
    account_id ${ID} NULL,
    shop_id ${ID} NOT NULL,
    amount_fen BIGINT NOT NULL,
    currency CHAR(3) NOT NULL DEFAULT 'CNY',
    tariff_from DATE NULL,
    reverses_id ${ID} NULL,
    verification ${CODE} NOT NULL DEFAULT 'unverified',
    posted_at ${TIME} NOT NULL,
    UNIQUE KEY ledger_seq (intercept_id, seq),
    UNIQUE KEY ledger_reverses (reverses_id),
    KEY ledger_shop (shop_id, id),
    CHECK (amount_fen > 0),
    CHECK (kind IN ('fee', 'reversal')),
    CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)),
    CHECK (verification IN ('unverified', 'matched', 'disputed'))
  ) ${TABLE}`,
  `CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger entries are never deleted; post a reversal'`,
  `CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry FOR EACH ROW
    IF NEW.id <> OLD.id OR NEW.intercept_id <> OLD.intercept_id OR NEW.seq <> OLD.seq OR NEW.kind <> OLD.kind
       OR NEW.amount_fen <> OLD.amount_fen OR NOT (NEW.reverses_id <=> OLD.reverses_id) OR NEW.posted_at <> OLD.posted_at
    THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger entries are never changed; post a reversal'; END IF`,
  `CREATE TABLE outbox (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    topic ${CODE} NOT NULL,
    subject_id ${ID} NOT NULL,
    payload LONGTEXT NOT NULL,
    due_at ${TIME} NOT NULL,
    tries INT NOT NULL DEFAULT 0,
    done_at ${TIME} NULL,
    created_at ${TIME} NOT NULL,
    KEY outbox_due (done_at, due_at)
  ) ${TABLE}`,
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
  `CREATE TABLE receipt (
    id ${ID} NOT NULL PRIMARY KEY,
    receipt_id ${OUTSIDE_ID} NOT NULL,
    waybill_no ${OUTSIDE_ID} NOT NULL,
    parcel_id ${ID} NULL,
    lines_json LONGTEXT NOT NULL,
    booked_at ${TIME} NOT NULL,
    created_at ${TIME} NOT NULL,
    UNIQUE KEY receipt_once (receipt_id),
    KEY receipt_waybill (waybill_no)
  ) ${TABLE}`,
  `CREATE TABLE claim (
    id ${ID} NOT NULL PRIMARY KEY,
    intercept_id ${ID} NOT NULL,
    kind ${CODE} NOT NULL,
    state ${CODE} NOT NULL,
    amount_fen BIGINT NULL CHECK (amount_fen BETWEEN 1 AND 100000),
    created_at ${TIME} NOT NULL,
    updated_at ${TIME} NOT NULL,
    UNIQUE KEY claim_once (intercept_id, kind)
  ) ${TABLE}`,
  `CREATE TABLE task (
    id ${ID} NOT NULL PRIMARY KEY,
    kind ${CODE} NOT NULL,
    intercept_id ${ID} NOT NULL,
    parcel_id ${ID} NOT NULL,
    owner VARCHAR(191) NOT NULL DEFAULT '',
    reason ${CODE} NOT NULL,
    state ${CODE} NOT NULL DEFAULT 'open',
    due_at ${TIME} NOT NULL,
    created_at ${TIME} NOT NULL,
    closed_at ${TIME} NULL,
    open_key VARCHAR(400) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
      GENERATED ALWAYS AS (CASE WHEN state = 'open' THEN CONCAT(parcel_id, '/', owner, '/', kind) ELSE NULL END) STORED,
    UNIQUE KEY task_open (open_key),
    KEY task_intercept (intercept_id),
    CHECK (state IN ('open', 'done', 'closed'))
  ) ${TABLE}`,
  `CREATE TABLE user_account (
    id ${ID} NOT NULL PRIMARY KEY,
    email VARCHAR(191) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    role ${CODE} NOT NULL,
    shops LONGTEXT NULL,
    disabled TINYINT NOT NULL DEFAULT 0,
    created_at ${TIME} NOT NULL,
    UNIQUE KEY user_email (email),
    CHECK (role IN ('viewer', 'operator', 'finance', 'admin'))
  ) ${TABLE}`,
  `CREATE TABLE api_token (
    id ${ID} NOT NULL PRIMARY KEY,
    name VARCHAR(191) NOT NULL,
    token_hash ${ID} NOT NULL,
    scopes LONGTEXT NOT NULL,
    shops LONGTEXT NULL,
    created_at ${TIME} NOT NULL,
    revoked_at ${TIME} NULL,
    UNIQUE KEY token_hash (token_hash)
  ) ${TABLE}`,
  `CREATE TABLE session (
    id ${ID} NOT NULL PRIMARY KEY,
    body LONGTEXT NOT NULL,
    expires_at ${TIME} NOT NULL,
    KEY session_expiry (expires_at)
  ) ${TABLE}`,
  `CREATE TABLE idempotency_key (
    owner_id ${ID} NOT NULL,
    idem_key VARCHAR(191) NOT NULL,
    body_hash ${ID} NOT NULL,
    status INT NOT NULL,
    answer LONGTEXT NOT NULL,
    created_at ${TIME} NOT NULL,
    PRIMARY KEY (owner_id, idem_key),
    KEY idempotency_age (created_at)
  ) ${TABLE}`,
  `CREATE TABLE audit (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at ${TIME} NOT NULL,
    actor VARCHAR(191) NOT NULL,
    action ${CODE} NOT NULL,
    subject VARCHAR(191) NOT NULL,
    detail LONGTEXT NOT NULL,
    previous_hash ${ID} NOT NULL,
    hash ${ID} NOT NULL,
    UNIQUE KEY audit_chain (previous_hash)
  ) ${TABLE}`,
];

/** Fees, follow-ups, people and what they did. */
export class MoneyAndPeople0003 implements MigrationInterface {
  readonly name = 'MoneyAndPeople1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'audit',
      'idempotency_key',
      'session',
      'api_token',
      'user_account',
      'task',
      'claim',
      'receipt',
      'refund_action',
      'outbox',
      'ledger_entry',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
