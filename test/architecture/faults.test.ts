import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../faults/catalogue/fault.js';
import { CATALOGUE } from '../faults/catalogue.js';
import { projectFile, sourceFiles } from './source-tree.js';

const FAULTS: readonly [string, Fault][] = Object.entries(CATALOGUE);
const live = sourceFiles(/\.test\.ts$/).filter(({ path }) => path.startsWith('test/faults/'));

describe('the catalogue of faults', () => {
  it('has F1 to F77, in order', () => {
    expect(FAULTS.map(([id]) => id)).toEqual(Array.from({ length: 77 }, (_, i) => `F${i + 1}`));
  });

  it.each(FAULTS)('%s is shown by tests that are there', (_id, { shownBy }) => {
    expect(shownBy).not.toEqual([]);
    for (const { file, test } of shownBy) expect(projectFile(file)).toContain(test);
  });

  it.each(FAULTS)('%s has its own test in the fault suite, or says why not and what is done instead', (id, fault) => {
    const own = fault.shownBy.some(({ file }) => file.startsWith('test/faults/'));
    const elsewhere = fault.instead !== undefined || fault.shownBy.length > 0;
    expect(own || elsewhere).toBe(true);
    if (own) expect(live.some(({ text }) => text.includes(`saw('${id}'`) || text.includes(`'${id}'`))).toBe(true);
  });

  it('knows every fault that the suite injects', () => {
    const injected = new Set(live.flatMap(({ text }) => text.match(/\bF\d{1,2}\b/g) ?? []));
    const wrong = [...injected].filter((id) => {
      const fault = FAULTS.find(([known]) => known === id)?.[1];
      return !fault?.shownBy.some(({ file }) => file.startsWith('test/faults/'));
    });
    expect(wrong).toEqual([]);
  });

  it.each(FAULTS)('%s names invariants that there are', (_id, { invariants }) => {
    for (const name of invariants) expect(name).toMatch(/^(I([1-9]|1\d|2[0-5])|R\d{2})$/);
    expect(invariants).not.toEqual([]);
  });
});
