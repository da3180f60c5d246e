import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LEAST_RISE } from '../../src/domain/policy/brake.js';
import { TALLY_TEXTS } from '../../src/domain/policy/tally-texts.js';
import { VARIABLES } from '../../src/domain/policy/variables.js';
import { LEAST_ASKED, PRIOR_CHANCE } from '../../src/domain/scorecard/chance.js';

describe('docs/policies.md', () => {
  const doc = readFileSync(join(import.meta.dirname, '../../docs/policies.md'), 'utf8');
  const cells = doc.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));

  it('names every word of a condition with its type, and no other', () => {
    const documented = cells.flatMap(([, word = '', type = '']) =>
      /^`\w+`$/.test(word) ? [[word.slice(1, -1), type.replace(/\((.*)\)/, '<$1>')]] : [],
    );
    expect(documented).toEqual(Object.entries(VARIABLES).map(([name, { type }]) => [name, type]));
  });

  it('explains every figure of a backtest', () => {
    for (const { en } of Object.values(TALLY_TEXTS)) {
      const last = en.split(', ').at(-1) ?? '';
      expect(cells.some(([, figure = '']) => figure.split(', ').includes(last))).toBe(true);
    }
  });

  it('states the numbers that the code counts with', () => {
    expect(doc).toContain(`**${PRIOR_CHANCE * 100} %**`);
    expect(doc).toContain(`has ${LEAST_ASKED} ended orders`);
    expect(doc).toContain(`at least ${LEAST_RISE},`);
  });
});
