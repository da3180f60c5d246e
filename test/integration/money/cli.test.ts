import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jiejian } from '../../support/cli.js';
import { type FreshDatabase, freshDatabase } from '../../support/database.js';
import { freshRedis } from '../../support/redis.js';

const folder = mkdtempSync(join(tmpdir(), 'jiejian-bill-'));
let fresh: FreshDatabase;
let env: Record<string, string>;
const run = (words: readonly string[], language: 'en' | 'zh' = 'en') => jiejian(words, { env, language });
const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(async () => {
  fresh = await freshDatabase();
  env = { DATABASE_URL: fresh.url, REDIS_URL: await freshRedis(), SECRET_KEY: randomBytes(32).toString('base64') };
  await run(['migrate']);
});
afterAll(async () => {
  await fresh.drop();
  rmSync(folder, { recursive: true });
});

describe('jiejian bill', () => {
  const MONTH = ['--source', 'douyin', '--month', '2025-03'];

  it('imports a ledger of a platform by a mapping that is given once, and lists its bad rows', async () => {
    const path = file(
      'ledger.csv',
      '动账流水,,\n流水号,单号,类型,动账金额\n1,7310,拦截费,-3.00\n2,7311,佣金,-9.00\n3,7312,拦截费,三元\n',
    );
    expect(await run(['bill', 'import', path, ...MONTH])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--mapping FILE.yaml once'),
    });
    const mapping = file(
      'mapping.yaml',
      'waybillNo: 单号\namount: 动账金额\ncharge: negative\nlineNo: 流水号\nkind: { column: 类型, values: [拦截费] }\n',
    );
    const first = await run(['bill', 'import', path, ...MONTH, '--mapping', mapping, '--json']);
    expect([first.code, first.json()]).toEqual([
      1,
      {
        id: expect.any(String),
        rows: 3,
        created: 1,
        repeated: 0,
        leftOut: 1,
        bad: 1,
        errorsFile: join(folder, 'ledger.errors.csv'),
        sums: [{ class: 'unknown_to_us', count: 1, chargedFen: 300, dueFen: 0 }],
      },
    ]);
    expect(readFileSync(join(folder, 'ledger.errors.csv'), 'utf8')).toContain(
      '5,the amount cannot be read,3,7312,拦截费,三元',
    );
    const second = await run(['bill', 'import', path, ...MONTH], 'zh');
    expect(second.stdout).toContain('共 3 行：新增 0，已存在 1，非拦截费 1，有误 1。');
  });

  it('matches again and closes a month that is over, once', async () => {
    expect((await run(['bill', 'match', ...MONTH])).stdout).toMatch(/unknown to us +1 +3\.00 +0\.00/);
    expect(await run(['bill', 'close', ...MONTH, '--json'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"closed"'),
    });
    expect(await run(['bill', 'close', ...MONTH])).toMatchObject({ code: 0, stdout: 'The month was closed before.\n' });
    expect(await run(['bill', 'close', '--source', 'douyin', '--month', '2099-01'])).toMatchObject({ code: 1 });
  });

  it.each([
    [['bill', 'import', 'a.pdf', ...MONTH], 'must end in .csv or .xlsx'],
    [['bill', 'match', '--source', 'douyin', '--month', 'March'], '--month must look like'],
  ])('says how it is used: %p', async (words, why) => {
    expect(await run(words)).toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
  });
});
