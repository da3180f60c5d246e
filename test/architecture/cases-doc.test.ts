import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CASES, caseTests, renderCases } from './cases.js';
import { projectFile } from './source-tree.js';

const DOC = 'docs/cases.md';

describe('the cases', () => {
  it.each(Object.keys(CASES).map(Number))('number %i is shown by a test that bears it', (number) => {
    expect(caseTests().filter((test) => test.number === number)).not.toEqual([]);
  });

  it('are all known that a test names', () => {
    expect(caseTests().filter(({ number }) => !(number in CASES))).toEqual([]);
  });

  it('stand in docs/cases.md', () => {
    if (process.env.JIEJIAN_WRITE_DOCS === '1') writeFileSync(join(import.meta.dirname, '../..', DOC), renderCases());
    else expect(projectFile(DOC)).toBe(renderCases());
  });
});
