import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { stringify } from 'yaml';
import { Database } from '../../src/domain/store/database.js';
import { findToken, findUser, verifyPassword } from '../../src/domain/store/people-store.js';
import { type CommandWorld, jiejian } from '../support/cli.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { freshRedis } from '../support/redis.js';
import { aFile, aShopEntry } from '../support/settings-file.js';
import { takeAuditGuardsAway } from '../support/tamper.js';

let fresh: FreshDatabase;
let db: Database;
let env: Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'jiejian-cli-'));

beforeAll(async () => {
  fresh = await freshDatabase();
  env = { DATABASE_URL: fresh.url, REDIS_URL: await freshRedis(), SECRET_KEY: randomBytes(32).toString('base64') };
  db = await Database.open({ url: fresh.url });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
  rmSync(folder, { recursive: true });
});

const run = (words: readonly string[], world: CommandWorld = {}) =>
  jiejian(words, { ...world, env: { ...env, ...world.env } });
function file(content: unknown): string {
  const path = join(folder, 'jiejian.yaml');
  writeFileSync(path, typeof content === 'string' ? content : stringify(content));
  return path;
}
const checksOf = async (over: Record<string, string> = {}) => {
  const { json } = await run(['doctor', '--json'], { env: over });
  const { checks } = json() as { checks: { name: string; status: string; found: string }[] };
  return new Map(checks.map((check) => [check.name, check]));
};

describe('a new database', () => {
  it('is left to `migrate` by every other command, because it is not ours to change unasked', async () => {
    const { code, stderr } = await run(['user', 'list']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('jiejian migrate')]);
    expect((await run(['start'])).code).toBe(78);
    expect((await checksOf()).get('schema')).toMatchObject({ status: 'fail' });
  });

  it('is migrated once, however many do it at the same time', async () => {
    const before = (await run(['migrate', '--status', '--json'])).json() as { missing: string[] };
    expect(before.missing.length).toBeGreaterThan(2);
    const runs = await Promise.all([1, 2, 3].map(() => run(['migrate', '--json'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    const applied = runs.flatMap(({ json }) => (json() as { applied: string[] }).applied);
    expect(applied).toEqual(before.missing);
    expect((await run(['migrate', '--status', '--json'])).json()).toMatchObject({ missing: [], newer: [] });
    expect((await run(['migrate'])).stdout).toContain('up to date');
  });

  it('of a newer version is refused, because this code does not know its columns', async () => {
    await db.run("INSERT INTO schema_migration (timestamp, name) VALUES (9999999999999, 'Future9999999999999')");
    try {
      expect(await run(['verify'])).toMatchObject({ code: 1, stderr: expect.stringContaining('Future9999999999999') });
      expect(await run(['migrate'])).toMatchObject({ code: 1 });
      expect(await run(['start'])).toMatchObject({ code: 78, stderr: expect.stringContaining('schema: newer') });
    } finally {
      await db.run("DELETE FROM schema_migration WHERE name LIKE 'Future%'");
    }
  });
});

describe('jiejian apply', () => {
  it('shows the difference, applies it, and has nothing to do the second time', async () => {
    const path = file(aFile());
    const preview = await run(['apply', path, '--dry-run', '--json']);
    expect(preview.json()).toMatchObject({ dryRun: true, version: 0 });
    const first = await run(['apply', path]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('+ shops dy-main');
    expect(first.stdout).toContain('    intake: "push"');
    expect(first.stdout).toContain('Applied as version 1.');
    expect(first.stdout).not.toContain('shop-secret');
    expect(await run(['apply', path])).toMatchObject({ code: 0, stdout: 'Nothing changes (version 1).\n' });
  });

  it('takes variables from the environment and the file from standard input', async () => {
    const shop = aShopEntry({ credentials: { appKey: 'k', appSecret: '$' + '{DY_SECRET}', accessToken: 't' } });
    const stdin = stringify({ shops: [shop] });
    expect(await run(['apply', '-'], { stdin })).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('DY_SECRET'),
    });
    expect(await run(['apply', '-'], { stdin, env: { DY_SECRET: 'x' } })).toMatchObject({ code: 0 });
  });

  it('ends with 78 and the line of every problem, and changes nothing', async () => {
    const path = file('shops:\n  - id: A\ntarifs: []\n');
    const { code, stderr } = await run(['apply', path]);
    expect(code).toBe(78);
    expect(stderr).toContain(`${path}:2 shops[0].id: `);
    expect(stderr).toContain(`${path}:3 tarifs: there is no key "tarifs"; did you mean tariffs?`);
    const { json } = await run(['apply', path, '--json']);
    expect(json()).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ line: 3, path: 'tarifs' })]),
    });
  });

  it('ends with 1 when there is no file', async () => {
    expect(await run(['apply', join(folder, 'nothing.yaml')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ENOENT'),
    });
  });
});

describe('jiejian user', () => {
  it('adds, lists, changes and disables, and shows a made password once', async () => {
    const words = ['user', 'add', '--email', 'Ann@Example.com', '--role', 'finance', '--shops', 'dy-main'];
    const added = await run([...words, '--generate', '--json']);
    const made = added.json() as { password: string };
    expect(made).toMatchObject({
      email: 'ann@example.com',
      role: 'finance',
      shops: ['dy-main'],
      password: expect.any(String),
    });
    expect(await verifyPassword((await findUser(db, 'ann@example.com'))?.passwordHash ?? null, made.password)).toBe(
      true,
    );
    expect((await run([...words, '--generate'])).code).toBe(1);

    expect(
      (await run(['user', 'passwd', 'ann@example.com', '--password-stdin'], { stdin: 'correct horse\n' })).code,
    ).toBe(0);
    expect(await verifyPassword((await findUser(db, 'ann@example.com'))?.passwordHash ?? null, 'correct horse')).toBe(
      true,
    );
    expect((await run(['user', 'disable', '--email', 'ann@example.com', '--json'])).json()).toEqual({
      email: 'ann@example.com',
      disabled: true,
    });
    expect((await run(['user', 'list', '--json'])).json()).toEqual({
      items: [expect.objectContaining({ email: 'ann@example.com', disabled: true })],
    });
    expect((await run(['user', 'list'])).stdout).toMatch(/ann@example\.com +finance +dy-main +disabled/);
    expect((await run(['user', 'list', '--json'])).stdout).not.toContain('scrypt');
    expect((await run(['user', 'disable', 'nobody@example.com'])).code).toBe(1);
  });

  it('says when a shop is not there, and goes on: it may be applied later', async () => {
    const words = ['user', 'add', '--email', 'b@b.cn', '--role', 'viewer', '--shops', 'dy-mian', '--generate'];
    expect(await run(words)).toMatchObject({ code: 0, stderr: expect.stringContaining('dy-mian') });
  });
});

describe('jiejian token', () => {
  it('makes one that opens, lists it without its text, and revokes it', async () => {
    const made = (
      await run([
        'token',
        'create',
        '--name',
        'erp',
        '--scopes',
        'intercepts:read,intercepts:write',
        '--shops',
        'dy-main',
        '--json',
      ])
    ).json() as {
      id: string;
      token: string;
    };
    expect(Object.keys(made).sort()).toEqual(['id', 'name', 'scopes', 'shops', 'token']);
    expect(await findToken(db, made.token)).toMatchObject({ id: made.id });
    const list = await run(['token', 'list']);
    expect(list.stdout).toContain(made.id);
    expect(list.stdout).not.toContain(made.token.slice(3));
    expect((await run(['token', 'revoke', made.id])).code).toBe(0);
    expect((await run(['token', 'revoke', made.id])).code).toBe(1);
    expect(await findToken(db, made.token)).toBeNull();
  });
});

describe('jiejian verify', () => {
  it('says that all is well, in words and in JSON', async () => {
    expect(await run(['verify'])).toMatchObject({ code: 0, stdout: 'All invariants hold.\n', stderr: '' });
    expect((await run(['verify', '--json'])).json()).toEqual({ violations: [] });
  });

  it('ends with 1 and the rows when one is broken', async () => {
    await db.run('DROP TRIGGER ledger_entry_no_update');
    const { code, stdout } = await run(['verify', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      violations: [{ invariant: 'I6_append_only', count: 1, sample: ['ledger_entry_no_update'] }],
    });
    expect((await run(['verify'])).stdout).toMatch(/I6_append_only +1 +a trigger/);
  });
});

describe('jiejian audit verify', () => {
  it('ends with 0 while the chain is whole and with 1 when somebody touched it', async () => {
    expect(await run(['audit', 'verify', '--json'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"ok":true'),
    });
    await takeAuditGuardsAway(db);
    await db.run("UPDATE audit SET actor = 'cli:nobody' ORDER BY id LIMIT 1");
    const { code, stdout } = await run(['audit', 'verify']);
    expect([code, stdout]).toEqual([1, expect.stringContaining('its content was changed')]);
  });
});

describe('jiejian doctor', () => {
  it('finds nothing that fails on the services of the tests', async () => {
    const { code, stdout } = await run(['doctor']);
    expect(stdout).toMatch(/redis_eviction +ok +noeviction/);
    expect(stdout).toMatch(/database_clock +ok/);
    expect(stdout).toMatch(/credentials +(ok|FAIL)/);
    expect(code).toBe(stdout.includes('FAIL') ? 1 : 0);
  });

  it('names a Redis that drops jobs, and a start in production is refused', async () => {
    const admin = new Redis(env.REDIS_URL ?? '');
    try {
      await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
      expect((await checksOf()).get('redis_eviction')).toMatchObject({ status: 'fail', found: 'allkeys-lru' });
      expect(await run(['start'])).toMatchObject({ code: 78, stderr: expect.stringContaining('noeviction') });
    } finally {
      await admin.config('SET', 'maxmemory-policy', 'noeviction');
      admin.disconnect();
    }
  });

  it('names another SECRET_KEY, and a start in production is refused', async () => {
    const over = { SECRET_KEY: randomBytes(32).toString('base64') };
    expect((await checksOf(over)).get('stored_secrets')).toMatchObject({ status: 'fail' });
    expect(await run(['start'], { env: over })).toMatchObject({
      code: 78,
      stderr: expect.stringContaining('SECRET_KEY'),
    });
  });

  it('tells of services that are away without their passwords', async () => {
    const over = { DATABASE_URL: 'mysql://jj:hunter2@127.0.0.1:1/jj', REDIS_URL: 'redis://:hunter3@127.0.0.1:1' };
    const { code, stdout, stderr } = await run(['doctor'], { env: over });
    expect(code).toBe(1);
    expect(stdout).toMatch(/redis +FAIL/);
    expect(stdout).toMatch(/database +FAIL/);
    expect(stdout + stderr).not.toMatch(/hunter/);
  });
});
