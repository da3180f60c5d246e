import { describe, expect, it } from '@jest/globals';
import { FILE_RULES, type FileRuleName } from './file-rules.js';
import { type SourceFile, sourceFiles } from './source-tree.js';

const planted = (path: string, text = ''): SourceFile => ({ path, text });

/** Violations of each rule. Words the rules look for are put together from parts: this file is checked as well. */
const PLANTED: Record<FileRuleName, SourceFile[]> = {
  'a file has at most 400 lines': [planted('src/a.ts', 'a;\n'.repeat(401))],
  'a file is named after what it holds': [
    planted('src/utils.ts'),
    planted('src/domain/helpers/a.ts'),
    planted('src/http-types.ts'),
    planted('test/support/common.test.ts'),
  ],
  'queues are made in one place': [planted('src/workers/a.ts', 'const q = new Queue<Data>("x");')],
  'workers are made in one place': [planted('src/producers/queues.ts', 'new Worker("x", async () => 1)')],
  'no check is silenced': [
    planted('src/a.ts', `// ${['biome', 'ignore'].join('-')} lint: because`),
    planted('src/a.ts', `// ${['@ts', 'ignore'].join('-')}`),
  ],
  'no type is forced': [planted('src/a.ts', `const a = b ${['as unknown', 'as string'].join(' ')};`)],
  'nothing is left for later': [planted('src/a.ts', `// ${'TO'}DO: the rest`)],
};

const LAWFUL = [
  planted('src/a.ts', 'a;\n'.repeat(400)),
  planted('src/domain/content-type.ts', 'const typed = 1;'),
  planted('src/producers/queues.ts', 'new Queue(name)'),
  planted('src/workers/queue-worker.ts', 'new Worker(name)'),
];

describe('files', () => {
  it.each(Object.entries(FILE_RULES))('%s, because %j', (_name, rule) => {
    const offences = sourceFiles(/\.(tsx?|[cm]?js|sh|lua)$/).flatMap((file) => {
      const offence = rule.offence(file);
      return offence === undefined ? [] : [`${file.path}: ${offence}`];
    });
    expect(offences).toEqual([]);
  });

  it.each(Object.entries(FILE_RULES))('a planted violation of "%s" is found, a lawful file is not', (name, rule) => {
    for (const file of PLANTED[name as FileRuleName]) expect(rule.offence(file)).toBeDefined();
    for (const file of LAWFUL) expect(rule.offence(file)).toBeUndefined();
  });
});
