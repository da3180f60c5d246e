import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = ['ALTER TABLE refund_action DROP KEY refund_due, ADD KEY refund_due (shop_id, state, next_at)'];
const DOWN = ['ALTER TABLE refund_action DROP KEY refund_due, ADD KEY refund_due (next_at)'];

/** The refunds of each shop that are due, state by state in the order of their time: thousands that wait are not read to find one. */
export class RefundsByShop0020 implements MigrationInterface {
  readonly name = 'RefundsByShop1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
