import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Fault } from '../faults/catalogue/fault.js';
import { CATALOGUE } from '../faults/catalogue.js';
import { PROMISES } from '../faults/invariants.js';
import { projectFile } from './source-tree.js';

const DOC = 'docs/reliability.md';
const FAULTS: readonly [string, Fault][] = Object.entries(CATALOGUE);

const promises = Object.entries(PROMISES).map(([id, { says, verify, histories, tests }]) => {
  const checked = [verify && '`jiejian verify`', histories && 'the three histories', tests && 'tests'].filter(Boolean);
  return `| ${id} | ${says} | ${checked.join(', ')} |`;
});
const faults = FAULTS.map(([id, { injected, expected, shownBy, instead }]) => {
  const files = [...new Set(shownBy.map(({ file }) => `\`${file.replace(/^test\//, '')}\``))];
  return `| ${id} | ${injected} | ${expected} | ${files.join(' ')}${instead ? `: ${instead}` : ''} |`;
});

/** The two tables between their marks. */
const PARTS = {
  promises: ['| # | Promise | Its breach is looked for by |', '| --- | --- | --- |', ...promises],
  faults: ['| # | Injected | Expected | Shown by (below test/) |', '| --- | --- | --- | --- |', ...faults],
} as const;

const start = (name: string) => `<!-- ${name}: from test/faults, by npm run generate -->`;
const END = '<!-- end -->';

function withPart(text: string, name: keyof typeof PARTS): string {
  const from = text.indexOf(start(name));
  const to = text.indexOf(END, from);
  if (from < 0 || to < 0) throw new Error(`${DOC} has no place for ${name}`);
  return `${text.slice(0, from + start(name).length)}\n\n${PARTS[name].join('\n')}\n\n${text.slice(to)}`;
}

it('docs/reliability.md is what the catalogue says', () => {
  const text = projectFile(DOC);
  const wanted = withPart(withPart(text, 'promises'), 'faults');
  if (process.env.JIEJIAN_WRITE_DOCS === '1') writeFileSync(join(import.meta.dirname, '../..', DOC), wanted);
  else expect(text).toBe(wanted);
});
