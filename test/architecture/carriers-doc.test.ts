import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderCarriersDoc } from '../../scripts/render/carriers-doc.js';
import { PLATFORMS } from '../../src/producers/platforms/index.js';
import { CARRIERS } from '../../src/workers/carriers/index.js';

const channels = PLATFORMS.flatMap(({ channel }) => channel ?? []);
const manifests = [...CARRIERS, ...channels].map((plugin) => plugin.manifest);

describe('docs/carriers.md', () => {
  it('says what the manifests say; `npm run generate` makes it anew', () => {
    expect(readFileSync('docs/carriers.md', 'utf8')).toBe(renderCarriersDoc(manifests));
  });
  it('names every courier, every code and every fact: a manifest cannot keep anything from its readers', () => {
    const text = renderCarriersDoc(manifests);
    for (const { slug, codes, facts } of manifests) {
      expect(text).toContain(`\`${slug}\``);
      for (const code of Object.keys(codes)) expect(text).toContain(`| \`${code}\` |`);
      for (const { fact } of facts) expect(text).toContain(fact);
    }
  });
  it('keeps a table whole though a text holds a bar or a line break', () => {
    const [first] = manifests;
    if (!first) throw new Error('there is no courier');
    const odd = { fact: 'a|b', value: 'c\nd', confidence: 'documented' as const, source: 'e' };
    expect(renderCarriersDoc([{ ...first, facts: [odd] }])).toContain('| a\\|b | c d | documented | e |');
  });
});
