import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CONTROLS, type Control } from './security-controls.js';
import { projectFile } from './source-tree.js';

/** `JIEJIAN_WRITE_DOCS=1` writes the page anew (`npm run generate` does); else it is compared with the table. */
const FILE = 'docs/security.md';
const ROOT = join(import.meta.dirname, '../..');
const IDS = Array.from({ length: 30 }, (_, i) => `S${i + 1}`);
const all = Object.entries(CONTROLS);

/** What a row claims and is not so. */
function untrue({ where, proofs }: Control): string[] {
  return [
    ...where.filter((path) => !existsSync(join(ROOT, path))),
    ...proofs
      .filter(({ file, test }) => !existsSync(join(ROOT, file)) || !projectFile(file).includes(test))
      .map(({ file, test }) => `${file}: ${test}`),
  ];
}

function page(): string {
  const rows = all.map(([id, { title, how, where, proofs, not }]) => {
    const sources = where.map((path) => `- \`${path}\``).join('\n');
    const tests = proofs.map(({ file, test }) => `- \`${file}\`: ${test}`).join('\n');
    const missing = not === undefined ? '' : `\n\n**Not done:** ${not}.`;
    return `## ${id} ${title}\n\n${how[0]?.toUpperCase()}${how.slice(1)}.${missing}\n\nIn the source:\n\n${sources}\n\nProved by:\n\n${tests}\n`;
  });
  return `# Security controls\n\n<!-- Written by npm run generate from test/architecture/security-controls.ts. -->\n
Thirty controls, each with its place in the source and the tests that fail without it. The threat model is in
[SECURITY.md](../SECURITY.md), accounts with the least rights are in [deploy/accounts.md](../deploy/accounts.md).\n
${rows.join('\n')}`;
}

describe('the security controls', () => {
  it('are S1 to S30, none without a test', () => {
    expect(Object.keys(CONTROLS)).toEqual(IDS);
    for (const [id, { proofs, where }] of all) {
      expect([id, proofs.length > 0, where.length > 0]).toEqual([id, true, true]);
    }
  });

  it.each(all)('%s is where it is said to be, and its tests exist', (_, control) => {
    expect(untrue(control)).toEqual([]);
  });

  it('would be found out if one named a test or a file that is not there', () => {
    const planted = {
      title: '',
      how: '',
      where: ['src/nowhere.ts'],
      proofs: [{ file: 'test/unit/log.test.ts', test: 'no such' }],
    };
    expect(untrue(planted)).toHaveLength(2);
  });

  it('are written down for people as they are', () => {
    if (process.env.JIEJIAN_WRITE_DOCS === '1') writeFileSync(join(ROOT, FILE), page());
    expect(projectFile(FILE)).toBe(page());
  });
});

describe('the image', () => {
  it('runs as a user of its own, without __proto__', () => {
    const lines = projectFile('deploy/Dockerfile').split('\n');
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node');
    expect(lines.find((line) => line.startsWith('ENTRYPOINT'))).toContain('"--disable-proto=delete"');
  });
});
