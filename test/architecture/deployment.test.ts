import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { composeOffences } from './compose-rules.js';
import { projectFile } from './source-tree.js';

const COMPOSE = projectFile('docker-compose.yml');

/** Each row takes something away that a shop's money depends on. */
const SPOILT: [what: string, from: string | RegExp, to: string, offence: string][] = [
  ['jobs are evicted', 'policy, noeviction', 'policy, allkeys-lru', 'redis: --maxmemory-policy noeviction is missing'],
  ['Redis forgets', '--appendonly, "yes"', '--appendonly, "no"', 'redis: --appendonly yes is missing'],
  ['commits are lost', /at-trx-commit=1/, 'at-trx-commit=2', 'mariadb: --innodb-flush-log-at-trx-commit=1 is missing'],
  ['names are garbled', 'utf8mb4\n', 'utf8\n', 'mysql: --character-set-server=utf8mb4 is missing'],
  ['reads repeat', 'READ-COMMITTED', 'REPEATABLE-READ', 'mariadb: --transaction-isolation=READ-COMMITTED is missing'],
  ['the network gets in', '"127.0.0.1:6379', '"6379', 'redis: port 6379:6379 is open to the network'],
  ['versions drift', 'redis:7.4', 'redis:latest', 'redis: image without a version'],
  ['it starts too early', 'service_healthy', 'service_started', 'migrate: does not wait until redis is healthy'],
  ['health is unknown', /healthcheck:/, 'unchecked:', 'redis: no health check'],
];

/** Hosts other than npm's own that a lock file would make everybody download from. */
function foreignHosts(lockFile: string): string[] {
  const { packages } = z
    .object({ packages: z.record(z.string(), z.object({ resolved: z.string().optional() })) })
    .parse(JSON.parse(lockFile));
  return Object.values(packages).flatMap(({ resolved }) =>
    resolved === undefined || resolved.startsWith('https://registry.npmjs.org/') ? [] : [resolved],
  );
}

/** Optional packages that are wanted by a package of the lock file and not in it. */
function leftOut(lockFile: string): string[] {
  const entry = z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) });
  const { packages } = z.object({ packages: z.record(z.string(), entry) }).parse(JSON.parse(lockFile));
  return Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
}

describe('docker-compose.yml', () => {
  it('is as durable as the embedded servers', () => {
    expect(composeOffences(COMPOSE)).toEqual([]);
  });

  it.each(SPOILT)('would be found out if %s', (_what, from, to, offence) => {
    const spoilt = COMPOSE.replace(from, to);
    expect(spoilt).not.toBe(COMPOSE);
    expect(composeOffences(spoilt)).toContain(offence);
  });

  it('does not demand a key of somebody who only wants the servers', () => {
    expect(COMPOSE).not.toMatch(/\$\{\w+:?\?/);
  });
});

describe('package-lock.json', () => {
  it('names no registry but the public one, so that anybody can install', () => {
    expect(foreignHosts(projectFile('package-lock.json'))).toEqual([]);
    const planted = { packages: { a: { resolved: 'https://npm.example.com/a.tgz' }, b: {} } };
    expect(foreignHosts(JSON.stringify(planted))).toEqual(['https://npm.example.com/a.tgz']);
  });

  it('names the packages of every platform, or npm ci refuses it (node scripts/complete-lock.mjs)', () => {
    expect(leftOut(projectFile('package-lock.json'))).toEqual([]);
    const planted = { 'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } } };
    const lock = { packages: { ...planted, 'node_modules/a-linux': {} } };
    expect(leftOut(JSON.stringify(lock))).toEqual(['a-darwin']);
  });

  it('was made from package.json as it is', () => {
    const manifest = z.object({
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    });
    const lock = z.object({ packages: z.object({ '': manifest }) }).parse(JSON.parse(projectFile('package-lock.json')));
    expect(lock.packages['']).toEqual(manifest.parse(JSON.parse(projectFile('package.json'))));
  });
});

describe('.github/workflows/ci.yml', () => {
  it('tests every supported version of Node, database and Redis at least once', () => {
    const row = z.object({ node: z.number(), database: z.string(), redis: z.string() });
    const workflow = z.object({
      jobs: z.object({ versions: z.object({ strategy: z.object({ matrix: z.object({ include: z.array(row) }) }) }) }),
    });
    const rows = workflow.parse(parse(projectFile('.github/workflows/ci.yml'))).jobs.versions.strategy.matrix.include;
    const all = (values: unknown[]) => [...new Set(values)].sort();
    expect(all(rows.map(({ node }) => node))).toEqual([20, 22, 24]);
    expect(all(rows.map(({ database }) => database))).toEqual([
      'mariadb:10.11',
      'mariadb:11.4',
      'mysql:8.0',
      'mysql:8.4',
    ]);
    expect(all(rows.map(({ redis }) => redis))).toEqual(['redis:7', 'redis:8', 'valkey/valkey:8']);
  });
});
