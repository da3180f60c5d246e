import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../src/domain/store/audit-store.js';
import { Database } from '../../src/domain/store/database.js';
import {
  addUser,
  createToken,
  disableUser,
  findToken,
  findUser,
  listTokens,
  listUsers,
  revokeToken,
  setPassword,
  verifyPassword,
} from '../../src/domain/store/people-store.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';

const BY = { actor: 'cli:ann', now: new Date('2026-11-22T10:00:00.000Z') };
let fresh: FreshDatabase;
let db: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = await Database.open({ url: fresh.url });
  await db.migrate();
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});
beforeEach(async () => {
  for (const table of ['user_account', 'api_token', 'session']) await db.run(`DELETE FROM ${table}`);
});

const bob = () =>
  addUser(db, { email: 'Bob@Example.com ', password: 'correct horse', role: 'operator', shops: ['dy-main'] }, BY);
const actions = async () =>
  (await db.rows<{ action: string }>('SELECT action FROM audit ORDER BY id DESC LIMIT 1')).map((row) => row.action)[0];

describe('users', () => {
  it('are found by their address in any letter case, with what they may see', async () => {
    const added = await bob();
    const found = await findUser(db, ' bob@EXAMPLE.com');
    expect(found).toMatchObject({
      id: added?.id,
      email: 'bob@example.com',
      role: 'operator',
      shops: ['dy-main'],
      disabled: false,
    });
    expect(await verifyPassword(found?.passwordHash ?? null, 'correct horse')).toBe(true);
    expect(await findUser(db, 'nobody@example.com')).toBeNull();
  });

  it('have one account an address, or two people could share a history', async () => {
    await bob();
    expect(await bob()).toBeNull();
    expect(await listUsers(db)).toHaveLength(1);
  });

  it('see all shops when none are named', async () => {
    await addUser(db, { email: 'a@b.cn', password: 'correct horse', role: 'admin', shops: null }, BY);
    expect((await findUser(db, 'a@b.cn'))?.shops).toBeNull();
  });

  it.each([
    ['another password', 'user.passwd', () => setPassword(db, 'bob@example.com', 'battery staple', BY)],
    ['being disabled', 'user.disable', () => disableUser(db, 'bob@example.com', BY)],
  ])('are signed out by %s, wherever they were signed in, and nobody else is', async (_, action, change) => {
    await bob();
    for (const [id, email] of [
      ['s1', 'bob@example.com'],
      ['s2', 'bob@example.com.cn'],
    ] as const) {
      await db.run('INSERT INTO session (id, body, expires_at) VALUES (?, ?, NOW(3))', [
        id,
        JSON.stringify({ cookie: {}, email }),
      ]);
    }
    expect(await change()).toBe(true);
    expect(await db.rows('SELECT id FROM session')).toEqual([{ id: 's2' }]);
    expect(await actions()).toBe(action);
  });

  it('have only the new password after a change', async () => {
    await bob();
    await setPassword(db, 'BOB@example.com', 'battery staple', BY);
    const hash = (await findUser(db, 'bob@example.com'))?.passwordHash ?? null;
    expect([await verifyPassword(hash, 'correct horse'), await verifyPassword(hash, 'battery staple')]).toEqual([
      false,
      true,
    ]);
  });

  it('are disabled, not deleted, because the history names them', async () => {
    await bob();
    await disableUser(db, 'bob@example.com', BY);
    expect((await findUser(db, 'bob@example.com'))?.disabled).toBe(true);
  });

  it('that are not there cannot be changed', async () => {
    expect(await setPassword(db, 'x@y.cn', 'battery staple', BY)).toBe(false);
    expect(await disableUser(db, 'x@y.cn', BY)).toBe(false);
  });
});

describe('tokens', () => {
  const erp = () =>
    createToken(db, { name: 'erp', scopes: ['intercepts:read', 'intercepts:write'], shops: ['dy-main'] }, BY);

  it('are shown once and known again by their text', async () => {
    const made = await erp();
    expect(made).toEqual({
      id: expect.any(String),
      name: 'erp',
      token: expect.stringMatching(/^jj_[A-Za-z0-9_-]{43}$/),
      scopes: ['intercepts:read', 'intercepts:write'],
      shops: ['dy-main'],
    });
    expect(await findToken(db, made.token)).toMatchObject({
      id: made.id,
      scopes: made.scopes,
      shops: ['dy-main'],
      revokedAt: null,
    });
  });

  it('are kept as a hash only: a copy of the database opens no door', async () => {
    const made = await erp();
    const rows = await db.rows('SELECT * FROM api_token');
    expect(JSON.stringify(rows)).not.toContain(made.token.slice(3));
    const audit = await db.rows('SELECT * FROM audit ORDER BY id DESC LIMIT 1');
    expect(JSON.stringify(audit)).not.toContain(made.token.slice(3));
  });

  it('open nothing once revoked, and cannot be revoked twice', async () => {
    const made = await erp();
    expect(await revokeToken(db, made.id, BY)).toBe(true);
    expect(await findToken(db, made.token)).toBeNull();
    expect(await revokeToken(db, made.id, BY)).toBe(false);
    expect((await listTokens(db))[0]).toMatchObject({ id: made.id, revokedAt: BY.now });
    expect(await actions()).toBe('token.revoke');
  });

  it.each(['', 'jj_', 'jj_short', 'Bearer x', `jj_${'a'.repeat(43)}`, `jj_${'a'.repeat(42)}%`])(
    '"%s" is none',
    async (text) => {
      await erp();
      expect(await findToken(db, text)).toBeNull();
    },
  );

  it('cannot be told apart by the case of a letter: another case is another token', async () => {
    const { token } = await erp();
    const other = token.replace(/[a-zA-Z](?=[^a-zA-Z]*$)/, (c) =>
      c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase(),
    );
    expect(await findToken(db, other)).toBeNull();
  });
});

describe('every change of people', () => {
  it('is in the audit chain', async () => {
    await bob();
    expect(await actions()).toBe('user.add');
    expect(await verifyChain(db)).toMatchObject({ ok: true });
  });
});
