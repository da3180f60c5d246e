import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FINAL_STATES, INTERCEPT_STATES } from '../../intercept/machine.js';
import { CODE, ID, OUTSIDE_ID, TABLE, TIME } from './columns.js';

const list = (states: readonly string[]) => states.map((s) => `'${s}'`).join(', ');

const TABLES = [
  `CREATE TABLE inbox (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    source ${ID} NOT NULL,
    event_id ${OUTSIDE_ID} NOT NULL,
    payload LONGTEXT NOT NULL,
    status ${CODE} NOT NULL DEFAULT 'new',
    reason VARCHAR(500) NULL,
    tries INT NOT NULL DEFAULT 0,
    due_at ${TIME} NOT NULL,
    received_at ${TIME} NOT NULL,
    processed_at ${TIME} NULL,
    UNIQUE KEY inbox_event (source, event_id),
    KEY inbox_due (status, due_at),
    KEY inbox_received (received_at),
    CHECK (status IN ('new', 'done', 'ignored', 'dead'))
  ) ${TABLE}`,
  `CREATE TABLE after_sale (
    id ${ID} NOT NULL PRIMARY KEY,
    shop_id ${ID} NOT NULL,
    platform ${CODE} NOT NULL,
    after_sale_id ${OUTSIDE_ID} NOT NULL,
    order_id ${OUTSIDE_ID} NULL,
    facts LONGTEXT NOT NULL,
    origin ${CODE} NOT NULL,
    known_at ${TIME} NOT NULL,
    requested_deadline_at ${TIME} NULL,
    request_hash ${ID} NULL,
    reason ${CODE} NULL,
    rule ${CODE} NULL,
    enrich_at ${TIME} NULL,
    enrich_tries INT NOT NULL DEFAULT 0,
    enrich_dispatch INT NOT NULL DEFAULT 0,
    enrich_dispatched_at ${TIME} NULL,
    created_at ${TIME} NOT NULL,
    updated_at ${TIME} NOT NULL,
    UNIQUE KEY after_sale_identity (shop_id, after_sale_id),
    KEY after_sale_order (order_id),
    KEY after_sale_created (created_at),
    KEY after_sale_enrich (enrich_at, shop_id)
  ) ${TABLE}`,
  `CREATE TABLE parcel (
    id ${ID} NOT NULL PRIMARY KEY,
    carrier ${ID} NOT NULL,
    waybill_no ${OUTSIDE_ID} NOT NULL,
    raw_carrier VARCHAR(191) NOT NULL,
    mapped TINYINT NOT NULL,
    value_fen BIGINT NULL,
    contents LONGTEXT NULL,
    contents_at ${TIME} NULL,
    phone_tail_enc VARCHAR(255) NULL,
    last_look_at ${TIME} NULL,
    last_look ${CODE} NULL,
    last_look_error VARCHAR(500) NULL,
    judge_at ${TIME} NULL,
    created_at ${TIME} NOT NULL,
    UNIQUE KEY parcel_identity (carrier, waybill_no),
    KEY parcel_waybill (waybill_no),
    KEY parcel_judge (judge_at)
  ) ${TABLE}`,
  `CREATE TABLE sighting (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    parcel_id ${ID} NOT NULL,
    at ${TIME} NOT NULL,
    seen_at ${TIME} NOT NULL,
    phase ${CODE} NOT NULL,
    raw_code VARCHAR(64) NOT NULL,
    text VARCHAR(500) NOT NULL,
    place VARCHAR(191) NULL,
    source ${CODE} NOT NULL,
    UNIQUE KEY sighting_once (parcel_id, at, phase)
  ) ${TABLE}`,
  `CREATE TABLE intercept (
    id ${ID} NOT NULL PRIMARY KEY,
    parcel_id ${ID} NOT NULL,
    round INT NOT NULL,
    shop_id ${ID} NOT NULL,
    platform ${CODE} NOT NULL,
    carrier ${ID} NOT NULL,
    account_id ${ID} NULL,
    lane_id ${ID} NULL,
    channel ${CODE} NOT NULL,
    waybill_no ${OUTSIDE_ID} NOT NULL,
    origin ${CODE} NOT NULL,
    request_id ${ID} NOT NULL,
    carrier_ref VARCHAR(191) NULL,
    state ${CODE} NOT NULL,
    reason ${CODE} NOT NULL,
    rule ${CODE} NULL,
    value_fen BIGINT NULL,
    decision LONGTEXT NOT NULL,
    policy_id ${ID} NULL,
    policy_version INT NULL,
    released_by VARCHAR(191) NULL,
    deadline_at ${TIME} NOT NULL,
    deadline_source ${CODE} NOT NULL,
    outcome_due_at ${TIME} NULL,
    next_at ${TIME} NULL,
    lease_until ${TIME} NULL,
    version INT NOT NULL DEFAULT 1,
    epoch INT NOT NULL DEFAULT 0,
    tries INT NOT NULL DEFAULT 0,
    dispatch INT NOT NULL DEFAULT 0,
    dispatched_at ${TIME} NULL,
    ask_since ${TIME} NULL,
    absent_since ${TIME} NULL,
    cancel_reason ${CODE} NULL,
    queued_at ${TIME} NULL,
    sent_at ${TIME} NULL,
    accepted_at ${TIME} NULL,
    created_at ${TIME} NOT NULL,
    updated_at ${TIME} NOT NULL,
    live_parcel ${ID} GENERATED ALWAYS AS (CASE WHEN state IN (${list(FINAL_STATES)}) THEN NULL ELSE parcel_id END) STORED,
    UNIQUE KEY intercept_round (parcel_id, round),
    UNIQUE KEY intercept_live (live_parcel),
    KEY intercept_lane (lane_id, state, dispatched_at, deadline_at),
    KEY intercept_due (state, next_at),
    KEY intercept_waybill (waybill_no),
    KEY intercept_created (created_at),
    KEY intercept_shop (shop_id, id),
    KEY intercept_budget (policy_id, queued_at),
    CHECK (state IN (${list(INTERCEPT_STATES)}))
  ) ${TABLE}`,
  `CREATE TABLE parcel_after_sale (
    parcel_id ${ID} NOT NULL,
    after_sale_id ${ID} NOT NULL,
    intercept_id ${ID} NULL,
    value_fen BIGINT NULL,
    dropped_at ${TIME} NULL,
    created_at ${TIME} NOT NULL,
    PRIMARY KEY (parcel_id, after_sale_id),
    KEY link_after_sale (after_sale_id),
    KEY link_intercept (intercept_id)
  ) ${TABLE}`,
  `CREATE TABLE attempt (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    intercept_id ${ID} NOT NULL,
    seq INT NOT NULL,
    kind ${CODE} NOT NULL,
    epoch INT NOT NULL,
    request_id ${ID} NOT NULL,
    started_at ${TIME} NOT NULL,
    finished_at ${TIME} NULL,
    outcome ${CODE} NULL,
    request_hash ${ID} NULL,
    http_status INT NULL,
    raw_code VARCHAR(64) NULL,
    raw_text VARCHAR(500) NULL,
    exchange LONGTEXT NULL,
    open_send ${ID} GENERATED ALWAYS AS
      (CASE WHEN kind = 'send' AND (outcome IS NULL OR outcome = 'unknown') THEN intercept_id ELSE NULL END) STORED,
    UNIQUE KEY attempt_seq (intercept_id, seq),
    UNIQUE KEY attempt_open_send (open_send),
    CHECK (kind IN ('send', 'query', 'cancel'))
  ) ${TABLE}`,
  `CREATE TABLE transition (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    intercept_id ${ID} NOT NULL,
    version INT NOT NULL,
    epoch INT NOT NULL,
    from_state ${CODE} NULL,
    event ${CODE} NOT NULL,
    to_state ${CODE} NOT NULL,
    actor VARCHAR(191) NOT NULL,
    reason ${CODE} NOT NULL,
    rule ${CODE} NULL,
    note VARCHAR(2000) NULL,
    at ${TIME} NOT NULL,
    UNIQUE KEY transition_version (intercept_id, version)
  ) ${TABLE}`,
];

/** The parcel, what we were told about it, and the one wish to stop it. */
export class Parcels0002 implements MigrationInterface {
  readonly name = 'Parcels1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'transition',
      'attempt',
      'parcel_after_sale',
      'intercept',
      'sighting',
      'parcel',
      'after_sale',
      'inbox',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
