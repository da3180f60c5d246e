import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findProgram, findServers, MissingServerError } from '../../../src/embedded/binaries.js';

describe('finding the servers', () => {
  let dir = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'jj-path-'));
    for (const name of ['jj-second', 'jj-not-executable']) writeFileSync(join(dir, name), '#!/bin/sh\n');
    chmodSync(join(dir, 'jj-second'), 0o755);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('takes the first name that can be run, since systems name the same server differently', () => {
    expect(findProgram(['jj-first', 'jj-second'], `/nowhere:${dir}`)).toBe(join(dir, 'jj-second'));
  });

  it('passes over a file that cannot be run, because starting it would fail later and less clearly', () => {
    expect(findProgram(['jj-not-executable'], dir)).toBeUndefined();
  });

  it('says in both languages what is missing and three ways to get it', () => {
    const onlyRedis = (names: readonly string[]) =>
      names.includes('redis-server') ? '/usr/bin/redis-server' : undefined;
    const attempt = () => findServers(onlyRedis);
    expect(attempt).toThrow(MissingServerError);
    const error = new MissingServerError(['mysql']);
    expect(attempt).toThrow(error.message);
    for (const text of [error.en, error.zh]) {
      expect(text).toContain('mariadbd / mysqld');
      expect(text).not.toContain('valkey');
      expect(text).toMatch(/apt-get install redis-server mariadb-server/);
      expect(text).toMatch(/brew install redis mariadb/);
      expect(text).toMatch(/docker compose up -d/);
    }
    expect(error.zh).toContain('未找到');
  });

  it('names both when both are missing, so that nobody installs twice', () => {
    expect(() => findServers(() => undefined)).toThrow(/redis-server \/ valkey-server, mariadbd \/ mysqld/);
  });
});
