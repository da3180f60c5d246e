import { describe, expect, it } from '@jest/globals';
import { INVARIANTS } from '../../src/domain/invariants.js';
import { PROMISES } from '../faults/invariants.js';
import { HISTORY_CHECKS } from '../support/history.js';
import { projectFile } from './source-tree.js';

const promises = Object.entries(PROMISES);

describe('the invariants', () => {
  it('are I1 to I25, each with something that looks for its breach', () => {
    expect(promises.map(([id]) => id)).toEqual(Array.from({ length: 25 }, (_, i) => `I${i + 1}`));
    for (const [, { verify = [], histories = [], tests = [] }] of promises)
      expect([...verify, ...histories, ...tests]).not.toEqual([]);
  });

  it('have every check that there is', () => {
    const checks = promises.flatMap(([, { verify = [], histories = [] }]) => [...verify, ...histories]);
    // What a rule of its own asks for bears the rule's number.
    const ofRules = Object.keys({ ...INVARIANTS, ...HISTORY_CHECKS }).filter((check) => /^R\d+_/.test(check));
    expect(new Set([...checks, ...ofRules])).toEqual(
      new Set([...Object.keys(INVARIANTS), ...Object.keys(HISTORY_CHECKS)]),
    );
  });

  it('are each broken on purpose by a test that wants to see the check report', () => {
    const broken = ['verify-store', 'refund/verify', 'returns/claims', 'money/verify']
      .map((name) => projectFile(`test/integration/${name}.test.ts`))
      .join();
    expect(Object.keys(INVARIANTS).filter((check) => !broken.includes(`'${check}'`))).toEqual([]);
    const histories = projectFile('test/unit/faults/history.test.ts');
    expect(Object.keys(HISTORY_CHECKS).filter((check) => !histories.includes(`${check}:`))).toEqual([]);
  });

  it.each(promises)('%s names tests that are there', (_id, { tests = [] }) => {
    for (const { file, test } of tests) expect(projectFile(file)).toContain(test);
  });
});
