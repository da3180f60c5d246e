import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CODE, ID, TABLE, TIME } from './columns.js';

const TABLES = [
  `CREATE TABLE replay (
    id ${ID} NOT NULL PRIMARY KEY,
    name VARCHAR(191) NOT NULL,
    actor VARCHAR(191) NOT NULL,
    shops LONGTEXT NULL,
    filter LONGTEXT NOT NULL,
    state ${CODE} NOT NULL,
    total INT NOT NULL,
    preview LONGTEXT NOT NULL,
    fee_estimate_fen BIGINT NOT NULL,
    created_at ${TIME} NOT NULL,
    finished_at ${TIME} NULL,
    KEY replay_state (state, id),
    CHECK (state IN ('previewed', 'running', 'done', 'aborted'))
  ) ${TABLE}`,
  `CREATE TABLE replay_item (
    replay_id ${ID} NOT NULL,
    seq INT NOT NULL,
    intercept_id ${ID} NOT NULL,
    outcome ${CODE} NULL,
    reason ${CODE} NULL,
    result_id ${ID} NULL,
    done_at ${TIME} NULL,
    PRIMARY KEY (replay_id, seq),
    UNIQUE KEY replay_item_once (replay_id, intercept_id),
    KEY replay_item_open (replay_id, outcome, seq)
  ) ${TABLE}`,
  // How fresh a source is: its newest message, without reading the others (R77).
  'CREATE INDEX inbox_source ON inbox (source, id)',
];

/** Replays: named batches of intercepts that are let go again, each item with what became of it; freshness of sources. */
export class Replays0004 implements MigrationInterface {
  readonly name = 'Replays1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of TABLES) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX inbox_source ON inbox');
    for (const table of ['replay_item', 'replay']) await runner.query(`DROP TABLE ${table}`);
  }
}
