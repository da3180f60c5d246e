import { describe, expect, it } from '@jest/globals';
import { PAGING, pageAnswer, pageOf } from '../../../src/dashboard/api/paging.js';
import { parseCookies } from '../../../src/dashboard/auth/cookies.js';
import { isLoopback } from '../../../src/dashboard/auth/loopback.js';
import { maskData } from '../../../src/dashboard/bull-board.js';
import { PROBLEMS, problemBody } from '../../../src/dashboard/problem.js';
import { startsWith } from '../../../src/domain/store/where.js';

describe('a page of a list', () => {
  const rows = ['c', 'b', 'a'].map((letter) => ({ id: letter.repeat(26) }));

  it('names the last row seen, and nothing when there is no more', () => {
    const first = pageAnswer(rows, { limit: 2 }, (r) => r.id);
    expect(first.items).toHaveLength(2);
    const cursor = first.nextCursor ?? '';
    expect(pageOf({ limit: 2, cursor })).toEqual({ limit: 3, beforeId: 'b'.repeat(26) });
    expect(pageAnswer(rows.slice(2), { limit: 2 }, (r) => r.id).nextCursor).toBeNull();
  });

  it.each(['', 'x', '....', Buffer.from(`${'a'.repeat(25)}'`).toString('base64url')])(
    'refuses the cursor "%s"',
    (cursor) => {
      expect(PAGING.cursor.safeParse(cursor).success).toBe(false);
    },
  );

  it.each([
    ['0', false],
    ['1', true],
    ['200', true],
    ['201', false],
    ['1.5', false],
    ['many', false],
  ])('with a limit of %s is allowed: %s', (limit, allowed) => {
    expect(PAGING.limit.safeParse(limit).success).toBe(allowed);
  });
});

describe('a search', () => {
  it('takes wildcards of SQL as the characters they are', () => {
    expect(startsWith('100%_\\')).toBe('100\\%\\_\\\\%');
  });
});

describe('cookies', () => {
  it('are read as browsers send them, the first of a name first', () => {
    expect({ ...parseCookies('a=1; b=x%20y; a=2; c="q"; =z; broken; d=%E0%A4%A') }).toEqual({
      a: '1',
      b: 'x y',
      c: '"q"',
      d: '%E0%A4%A',
    });
  });

  it('cannot reach the prototype', () => {
    expect(parseCookies('__proto__=1').admin).toBeUndefined();
    expect(Object.getPrototypeOf(parseCookies(undefined))).toBeNull();
  });
});

describe('this machine', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['[::1]', true],
    ['::ffff:127.0.0.1', true],
    ['localhost', true],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['', false],
  ])('is %s: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('job data on Bull Board', () => {
  it('shows our own ids and blanks whatever else got in by mistake', () => {
    expect(maskData({ id: 'ic-1', dispatch: 3, phone: '13800001111', nested: { token: 'x' } })).toEqual({
      id: 'ic-1',
      dispatch: 3,
      phone: '***',
      nested: '***',
    });
    expect(maskData({ id: { phone: '13800001111' } })).toEqual({ id: '***' });
    expect(maskData('13800001111')).toBe('***');
    expect(maskData([1])).toBe('***');
  });
});

describe('problems', () => {
  it.each(Object.entries(PROBLEMS))('%s says what happened in both languages', (_, row) => {
    expect(row.zh).toMatch(/[一-龥]/);
    expect(row.en).toMatch(/^[A-Z].*\.$/);
    expect(row.status).toBeGreaterThanOrEqual(400);
  });

  it('follow RFC 9457 and carry a stable code', () => {
    expect(problemBody('not_found', 'req-1')).toMatchObject({
      type: 'urn:jiejian:problem:not_found',
      status: 404,
      code: 'not_found',
      requestId: 'req-1',
    });
  });
});
