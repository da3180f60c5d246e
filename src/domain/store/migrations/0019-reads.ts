import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // The reads of a lane that are due, state by state in the order of their time; the index it replaces had no lane.
  `ALTER TABLE intercept DROP KEY intercept_due, ADD KEY intercept_reads (lane_id, state, dispatched_at, next_at)`,
  // The detail reads that Redis holds, and of each shop those that it does not, in the order of their time.
  `ALTER TABLE after_sale ADD KEY after_sale_details (enrich_dispatched_at, shop_id, enrich_at)`,
];

const DOWN = [
  'ALTER TABLE after_sale DROP KEY after_sale_details',
  'ALTER TABLE intercept DROP KEY intercept_reads, ADD KEY intercept_due (state, next_at)',
];

/** A filling ends after as many rows as there is room for, however many wait: without these it read, and locked, all of them. */
export class Reads0019 implements MigrationInterface {
  readonly name = 'Reads1700000000019';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of UP) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of DOWN) await runner.query(sql);
  }
}
