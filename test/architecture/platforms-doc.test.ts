import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderPlatformsDoc } from '../../scripts/render/platforms-doc.js';
import { PLATFORMS } from '../../src/producers/platforms/index.js';

const pages = PLATFORMS.map(({ manifest, channel }) => ({ manifest, channel: channel?.manifest.slug ?? null }));

describe('docs/platforms.md', () => {
  const text = renderPlatformsDoc(pages);

  it('says what the manifests say; `npm run generate` makes it anew', () => {
    expect(readFileSync('docs/platforms.md', 'utf8')).toBe(text);
  });

  it.each(pages.map(({ manifest }) => [manifest.slug, manifest] as const))(
    'keeps no fact of %s to itself',
    (slug, m) => {
      expect(text).toContain(`\`${slug}\``);
      expect(m.facts.length).toBeGreaterThan(0);
      for (const { fact } of m.facts) expect(text).toContain(fact.replaceAll('|', '\\|'));
    },
  );
});
