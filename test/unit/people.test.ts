import { describe, expect, it } from '@jest/globals';
import { generatePassword, hashPassword, verifyPassword } from '../../src/domain/people/password.js';
import { ALL_SCOPES, isScope, isUserRole, ROLE_SCOPES, scopesOf, USER_ROLES } from '../../src/domain/people/scopes.js';

describe('a password', () => {
  it('is known again by its hash, and nothing else is', async () => {
    const hash = await hashPassword('correct horse');
    expect(await verifyPassword(hash, 'correct horse')).toBe(true);
    expect(await verifyPassword(hash, 'correct horsE')).toBe(false);
    expect(await verifyPassword(hash, '')).toBe(false);
  });

  it('is salted: two people with the same one have different hashes', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  it('carries its cost, so that a dearer one later still reads the old', async () => {
    const [kind, ...cost] = (await hashPassword('x')).split('$').slice(0, 4);
    expect(kind).toBe('scrypt');
    expect(cost.map(Number)).toEqual([32_768, 8, 3]);
  });

  it('is the same typed in one character or two', async () => {
    expect(await verifyPassword(await hashPassword('caf\u00e9'), 'cafe\u0301')).toBe(true);
  });

  it('of nobody takes as long as a wrong one, or the time would tell who has an account', async () => {
    const hash = await hashPassword('x');
    const time = async (given: string | null) => {
      const start = performance.now();
      expect(await verifyPassword(given, 'y')).toBe(false);
      return performance.now() - start;
    };
    const [wrong, nobody] = [await time(hash), await time(null)];
    expect(nobody).toBeGreaterThan(wrong / 4);
  });

  it.each(['scrypt$1073741824$8$1$AAAA$AAAA', 'scrypt$x$y$z$AAAA$AAAA', 'plain', ''])(
    'does not match the planted hash "%s", and does not eat the machine',
    async (hash) => {
      expect(await verifyPassword(hash, 'x')).toBe(false);
    },
  );

  it('is made long and different each time', () => {
    const made = new Set(Array.from({ length: 50 }, generatePassword));
    expect(made.size).toBe(50);
    expect([...made].every((password) => password.length === 20)).toBe(true);
  });
});

describe('roles', () => {
  it('of viewers see no money and change nothing', () => {
    expect([...scopesOf('viewer')].filter((scope) => scope.startsWith('money:') || scope.endsWith(':write'))).toEqual(
      [],
    );
  });

  it('of operators work on intercepts and tasks, not on money or configuration', () => {
    const scopes = scopesOf('operator');
    expect(['intercepts:write', 'tasks:write'].every((scope) => isScope(scope) && scopes.has(scope))).toBe(true);
    expect([...scopes].some((scope) => scope.startsWith('money:') || scope === 'config:write')).toBe(false);
  });

  it('of finance change money and nothing else', () => {
    expect([...scopesOf('finance')].filter((scope) => scope.endsWith(':write'))).toEqual(['money:write']);
  });

  it('of admins do everything', () => {
    expect([...scopesOf('admin')]).toEqual(ALL_SCOPES);
  });

  it('hold known scopes only, and nothing inherited counts as one', () => {
    expect(USER_ROLES.flatMap((role) => [...ROLE_SCOPES[role]]).every(isScope)).toBe(true);
    expect([isScope('toString'), isUserRole('constructor'), isUserRole('admin')]).toEqual([false, false, true]);
  });
});
