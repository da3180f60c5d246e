import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of before stand at the prior of then, so that they keep their order among each other. */
const UP = 'ALTER TABLE intercept ADD COLUMN stop_chance DOUBLE NOT NULL DEFAULT 0.6';
const DOWN = 'ALTER TABLE intercept DROP COLUMN stop_chance';

/** How likely a stop was when its row was judged: a lane's order goes by chance × value. */
export class ExpectedValue0017 implements MigrationInterface {
  readonly name = 'ExpectedValue1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
