import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Rows of before stand at the prior of then, so that they keep their order among each other.
  `ALTER TABLE intercept
     ADD COLUMN stop_chance DOUBLE NOT NULL DEFAULT 0.6,
     ADD COLUMN price_fen BIGINT NULL`,
  // Budgets count what was let go since midnight: by the price without conditions, as they did until now.
  `UPDATE intercept i SET i.price_fen = (SELECT t.fee_fen FROM tariff t
       WHERE t.carrier = i.carrier AND t.valid_from <= DATE(i.queued_at + INTERVAL 8 HOUR)
       ORDER BY t.conditions = '' DESC, t.valid_from DESC, t.fee_fen DESC LIMIT 1)
     WHERE i.queued_at >= UTC_TIMESTAMP() - INTERVAL 1 DAY`,
];

const DOWN = ['ALTER TABLE intercept DROP COLUMN stop_chance, DROP COLUMN price_fen'];

/** What a stop was expected to be when its row was judged: how likely, and what it costs by the tariff. */
export class Expectations0017 implements MigrationInterface {
  readonly name = 'Expectations1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
