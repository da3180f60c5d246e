import { describe, expect, it } from '@jest/globals';
import { brokenRules, IMPORT_RULES, type ImportRuleName } from './import-rules.js';
import { importsOf } from './imports-of.js';
import { sourceFiles } from './source-tree.js';

/** One violation of each rule, and one import beside it that the rule must let pass. */
const PLANTED: Record<ImportRuleName, { path: string; bad: string; good: string }> = {
  'domain is pure': { path: 'src/domain/intercept/decide.ts', bad: 'bullmq', good: '../ids.js' },
  'the store knows SQL and nothing above it': { path: 'src/domain/store/x.ts', bad: 'express', good: 'typeorm' },
  'only the store imports SQL': { path: 'src/producers/intake.ts', bad: 'mysql2/promise', good: 'bullmq' },
  'a courier knows the port and its own folder': {
    path: 'src/workers/carriers/zto/adapter.ts',
    bad: '../yto/codes.js',
    good: '../http.js',
  },
  'a platform knows the port and its own folder': {
    path: 'src/producers/platforms/douyin/adapter.ts',
    bad: '../taobao/sign.js',
    good: './sign.js',
  },
  'couriers are reached through their list': {
    path: 'src/workers/lane.ts',
    bad: './carriers/zto/adapter.js',
    good: './carriers/index.js',
  },
  'platforms are reached through their list': {
    path: 'src/producers/intake.ts',
    bad: './platforms/douyin/adapter.js',
    good: './platforms/index.js',
  },
  'producers stand alone': { path: 'src/producers/intake.ts', bad: '../workers/lane.js', good: '../domain/ids.js' },
  'workers stand alone': { path: 'src/workers/lane.ts', bad: '../producers/queues.js', good: '../domain/ids.js' },
  'the dashboard stands alone': {
    path: 'src/dashboard/server.ts',
    bad: '../workers/lane.js',
    good: '../domain/ids.js',
  },
  'the embedded servers stand alone': { path: 'src/embedded/redis.ts', bad: '../config.js', good: 'ioredis' },
  'the product does not need its surroundings': {
    path: 'src/main.ts',
    bad: '../sandbox/frame/run.js',
    good: './config.js',
  },
  'a twin shares nothing with what it tests': {
    path: 'sandbox/couriers/zto/zto.ts',
    bad: '../../../src/domain/ids.js',
    good: '../../frame/run.js',
  },
};

const offences = sourceFiles(/\.tsx?$/).flatMap((file) =>
  importsOf(file).flatMap((target) =>
    brokenRules(file.path, target).map((rule) => ({ rule, offence: `${file.path} imports ${target}` })),
  ),
);

const folders = new Set(sourceFiles(/\.tsx?$/).map(({ path }) => path.split('/')[0]));

const broken = (path: string, text: string) =>
  importsOf({ path, text }).flatMap((target) => brokenRules(path, target).map((rule) => `${rule}: ${target}`));

describe('imports', () => {
  it('are read in every folder, or the rules would hold for want of files', () => {
    expect([...folders]).toEqual(expect.arrayContaining(['src', 'sandbox', 'scripts', 'test']));
  });

  it.each(Object.entries(IMPORT_RULES))('%s, because %j', (name) => {
    expect(offences.filter(({ rule }) => rule === name).map(({ offence }) => offence)).toEqual([]);
  });

  it.each(Object.entries(PLANTED))('a planted violation of "%s" is found, its neighbour is not', (name, planted) => {
    expect(broken(planted.path, `import { a } from '${planted.bad}';`)).toContainEqual(
      expect.stringMatching(new RegExp(`^${name}: `)),
    );
    expect(broken(planted.path, `import { a } from '${planted.good}';`)).toEqual([]);
  });

  it.each([
    `import '../../src/a.js';`,
    `import type { A } from '../../src/a.js';`,
    `import { type A } from '../../src/a.js';`,
    `export { a } from '../../src/a.js';`,
    `export * from '../../src/a.js';`,
    `const a = await import('../../src/a.js');`,
    `let a: import('../../src/a.js').A;`,
  ])('an import written as %s is seen, or a rule could be walked around', (text) => {
    expect(importsOf({ path: 'sandbox/x/y.ts', text })).toEqual(['src/a.ts']);
  });
});
