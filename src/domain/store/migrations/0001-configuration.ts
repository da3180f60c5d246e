import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE, ID, TABLE, TIME } from './columns.js';

const TABLES = [
  `CREATE TABLE setting (
    name ${CODE} NOT NULL PRIMARY KEY,
    value LONGTEXT NOT NULL,
    updated_at ${TIME} NOT NULL
  ) ${TABLE}`,
  `CREATE TABLE shop (
    id ${ID} NOT NULL PRIMARY KEY,
    platform ${CODE} NOT NULL,
    platform_shop_id VARCHAR(191) NOT NULL,
    name VARCHAR(191) NOT NULL,
    body LONGTEXT NOT NULL,
    credentials LONGTEXT NOT NULL,
    auto_from ${TIME} NOT NULL,
    enabled TINYINT NOT NULL DEFAULT 1,
    UNIQUE KEY shop_platform (platform, platform_shop_id)
  ) ${TABLE}`,
  `CREATE TABLE carrier_account (
    id ${ID} NOT NULL PRIMARY KEY,
    carrier ${CODE} NOT NULL,
    body LONGTEXT NOT NULL,
    credentials LONGTEXT NOT NULL,
    enabled TINYINT NOT NULL DEFAULT 1
  ) ${TABLE}`,
  `CREATE TABLE tariff (
    carrier ${CODE} NOT NULL,
    valid_from DATE NOT NULL,
    fee_fen BIGINT NOT NULL CHECK (fee_fen BETWEEN 1 AND 100000),
    PRIMARY KEY (carrier, valid_from)
  ) ${TABLE}`,
  `CREATE TABLE policy_version (
    policy_id ${ID} NOT NULL,
    version INT NOT NULL,
    body LONGTEXT NOT NULL,
    enabled TINYINT NOT NULL DEFAULT 1,
    created_at ${TIME} NOT NULL,
    PRIMARY KEY (policy_id, version)
  ) ${TABLE}`,
  `CREATE TABLE notification_target (
    id ${ID} NOT NULL PRIMARY KEY,
    kind ${CODE} NOT NULL,
    body LONGTEXT NOT NULL,
    secrets LONGTEXT NOT NULL,
    enabled TINYINT NOT NULL DEFAULT 1
  ) ${TABLE}`,
  `CREATE TABLE lane (
    id ${ID} NOT NULL PRIMARY KEY,
    carrier ${CODE} NOT NULL,
    account_id ${ID} NOT NULL,
    paused TINYINT NOT NULL DEFAULT 0,
    paused_reason ${CODE} NULL,
    breaker ${CODE} NOT NULL DEFAULT 'closed',
    breaker_until ${TIME} NULL,
    breaker_reason ${CODE} NULL,
    breaker_trips INT NOT NULL DEFAULT 0,
    CHECK (breaker IN ('closed', 'open', 'half_open'))
  ) ${TABLE}`,
];

/** The fees published on 2024-11-18 (R31); a seller's own tariffs of the same or a later day replace them. */
const PUBLISHED_FEES = [
  ['zto', '2024-11-18', 300],
  ['yunda', '2024-11-18', 300],
  ['yto', '2024-11-18', 400],
];

/** What the seller configures, and the state of each lane that people and breakers set. */
export class Configuration0001 implements MigrationInterface {
  readonly name = 'Configuration1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
    await runner.query('INSERT INTO tariff (carrier, valid_from, fee_fen) VALUES ?', [PUBLISHED_FEES]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'lane',
      'notification_target',
      'policy_version',
      'tariff',
      'carrier_account',
      'shop',
      'setting',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
