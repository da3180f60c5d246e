import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { raisedAlerts } from '../../src/domain/store/alert-store.js';
import { watchInvariants } from '../../src/producers/watch-invariants.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { plantIntercept, stepsOf } from '../support/planted-history.js';

let fresh: MigratedDatabase;
const logged: string[] = [];

beforeAll(async () => {
  fresh = await migratedDatabase();
});
afterAll(() => fresh.close());

const check = () => watchInvariants({ db: fresh.db, now: () => new Date(), log: (event) => void logged.push(event) });
const anHourLater = () => fresh.db.run('DELETE FROM lease');
const raised = async () => (await raisedAlerts(fresh.db)).map(({ kind, subject }) => `${kind} ${subject}`);

it('is done once an hour, by one of however many', async () => {
  const done = await Promise.all([check(), check(), check(), check()]);
  expect(done.filter((mine) => mine)).toHaveLength(1);
  expect(await check()).toBe(false);
  expect(await raised()).toEqual([]);
});

it('raises an alert for what is broken, and ends it when it is whole again', async () => {
  await plantIntercept(fresh.db, { id: 'a', steps: stepsOf('open queued > claim accepted') });
  await anHourLater();
  await check();
  expect(await raised()).toContain('invariant_broken I7_history');
  expect(logged).toContain('invariant.broken');
  await fresh.db.run('DELETE FROM transition');
  await fresh.db.run('DELETE FROM intercept');
  await anHourLater();
  await check();
  expect(await raised()).toEqual([]);
});
