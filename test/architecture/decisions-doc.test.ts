import { describe, expect, it } from '@jest/globals';
import { renderDecisionsDoc } from '../../scripts/render/decisions-doc.js';
import { RULES } from '../../src/domain/eligibility/rules.js';
import { projectFile } from './source-tree.js';

describe('docs/decisions.md', () => {
  it('says what the table of rules says; `npm run generate` makes it anew', () => {
    expect(projectFile('docs/decisions.md')).toBe(renderDecisionsDoc());
  });

  it('has a line for everything that a rule can say', () => {
    const lines = renderDecisionsDoc().split('\n');
    for (const { rule, says } of RULES) {
      for (const [, reason] of says) {
        expect(lines.filter((line) => line.startsWith(`| ${rule} |`) && line.includes(`\`${reason}\``))).toHaveLength(
          1,
        );
      }
    }
  });
});
