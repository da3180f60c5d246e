import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The reads of a lane that are due, state by state in the order of their time: a filling ends after as many as there is
 * room for, however many wait. The index it replaces had no lane, so all that was due was read, locked and sorted.
 */
export class Reads0019 implements MigrationInterface {
  readonly name = 'Reads1700000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE intercept DROP KEY intercept_due, ADD KEY intercept_reads (lane_id, state, dispatched_at, next_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE intercept DROP KEY intercept_reads, ADD KEY intercept_due (state, next_at)');
  }
}
