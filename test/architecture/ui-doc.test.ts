import { describe, expect, it } from '@jest/globals';
import { renderUiDoc } from '../../scripts/render/ui-doc.js';
import { ACTIONS } from '../../src/dashboard/ui/actions/actions.js';
import { PAGE_ROWS } from '../../src/dashboard/ui/actions/page-rows.js';
import { projectFile } from './source-tree.js';

const text = renderUiDoc();

describe('docs/ui.md', () => {
  it('says what the tables of pages and actions say; `npm run generate` makes it anew', () => {
    expect(projectFile('docs/ui.md')).toBe(text);
  });

  it('has a section for every page and a line for everything that can be done there', () => {
    for (const { path } of Object.values(PAGE_ROWS)) expect(text).toContain(`\`${path}\``);
    for (const { zh, en, call } of Object.values(ACTIONS)) {
      expect(
        text.split('\n').filter((line) => line.startsWith(`| ${zh} | ${en} |`) && line.includes(call)),
      ).toHaveLength(1);
    }
  });
});
