import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { findProgram } from '../../src/embedded/binaries.js';
import { until } from '../support/until.js';
import { FaultHouse } from './harness/fault-house.js';

const run = promisify(execFile);
const DATABASE = 'jiejian';

let faults: FaultHouse;
let restoredAt = new Date(0);

beforeAll(async () => {
  faults = await FaultHouse.open({ account: { timeoutMs: 800 } });
}, 90_000);
afterAll(() => faults.close());

function asRoot(): Promise<mysql.Connection> {
  return mysql.createConnection({
    socketPath: faults.mysqlSocket,
    user: 'root',
    password: 'faults',
    multipleStatements: true,
  });
}

async function backUp(file: string): Promise<void> {
  const program = findProgram(['mariadb-dump', 'mysqldump']) ?? 'mariadb-dump';
  const args = ['--socket', faults.mysqlSocket, '-uroot', '-pfaults', '--triggers', '--single-transaction', DATABASE];
  const { stdout } = await run(program, args, { maxBuffer: 64 * 1024 * 1024 });
  await writeFile(file, stdout);
}

async function restore(file: string): Promise<void> {
  const program = findProgram(['mariadb', 'mysql']) ?? 'mariadb';
  const root = await asRoot();
  await root.query(`DROP DATABASE ${DATABASE}; CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4`);
  await root.end();
  const child = run(program, ['--socket', faults.mysqlSocket, '-uroot', '-pfaults', DATABASE]);
  child.child.stdin?.end(await readFile(file));
  await child;
}

const creates = async () => (await faults.house.ztoSummary()).creates;
const everything = 'web,scheduler,worker';

it('F44: restored from a backup of before the sends: nothing is sent until every live waybill was asked for', async () => {
  const { house } = faults;
  const file = join(faults.dir, 'backup.sql');
  await house.db.run('UPDATE lane SET paused = 1');
  await house.start(everything);
  const sent = await faults.refundsAtOnce(6);
  const [unsent] = await faults.quietRefunds(1);
  if (!unsent) throw new Error('no refund');
  // Its order never reaches the courier.
  await house.control(house.zto, 'faults', {
    endpoint: 'thirdcenter.createIntercept',
    kind: 'reset_before',
    waybillNo: unsent.waybillNo,
  });
  await faults.tell(unsent);
  await until(async () => [...(await faults.states()).values()].filter((state) => state === 'queued').length === 7, {
    what: 'all of them to wait behind the pause',
  });
  await backUp(file);
  await house.db.run('UPDATE lane SET paused = 0');
  await faults.recovery(sent);
  await house.endAll();
  await restore(file);
  restoredAt = new Date();
  await house.db.run('UPDATE lane SET paused = 0');
  await fetch(`${house.zto.baseUrl}/_twin/faults`, { method: 'DELETE' });
  const before = await creates();

  // Before anything runs: what is seen of a parcel later must meet a row that may have been sent.
  const afterRestore = () =>
    house.cli(['after-restore', '--since', restoredAt.toISOString(), '--json']).then(
      () => true,
      () => false,
    );
  expect(await afterRestore()).toBe(false);
  const safe = await house.start(everything, { SAFE_MODE: 'true' });
  await until(() => safe.output().includes('started'), { what: 'it to run' });
  const from = performance.now();
  await until(afterRestore, { what: 'every live waybill to be answered for', timeoutMs: 60_000 });
  const seconds = (performance.now() - from) / 1_000;
  expect(await creates()).toBe(before);
  expect((await faults.states()).get(unsent.waybillNo)).toBe('queued');
  await safe.end('SIGTERM');

  await house.start(everything);
  await faults.rest();
  expect(await creates()).toBe(before + 1);
  const asked = sent.length + 1;
  faults.saw(
    'F44',
    `${asked} waybills asked for in SAFE_MODE, ${sent.length} adopted, 1 proved absent and sent`,
    seconds,
  );
}, 150_000);

it('keeps every invariant, and the three histories agree', () => faults.check(restoredAt.getTime()), 90_000);
