import { describe, expect, it } from '@jest/globals';
import { renderReasonsDoc } from '../../scripts/render/reasons-doc.js';
import { REASONS, type Reason, reasonRow } from '../../src/domain/reasons.js';
import { projectFile } from './source-tree.js';

const text = renderReasonsDoc();

describe('docs/reasons.md', () => {
  it('says what the table of reasons says; `npm run generate` makes it anew', () => {
    expect(projectFile('docs/reasons.md')).toBe(text);
  });

  it.each(Object.keys(REASONS) as Reason[])('has one row for %s with its rule, both texts and its task', (code) => {
    const rows = text.split('\n').filter((line) => line.startsWith(`| \`${code}\` |`));
    const { rule, zh, en, task } = reasonRow(code);
    expect(rows).toHaveLength(1);
    for (const part of [rule ?? '', zh, en, task ?? '']) expect(rows[0]).toContain(part);
    expect(rows[0]?.split(' | ')).toHaveLength(5);
  });
});
