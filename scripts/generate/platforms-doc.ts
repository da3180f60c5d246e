import { writeFileSync } from 'node:fs';
import { PLATFORMS } from '../../src/producers/platforms/index.js';
import { renderPlatformsDoc } from '../render/platforms-doc.js';

/** Writes docs/platforms.md; run from the root of the project by `npm run generate`. */
const pages = PLATFORMS.map(({ manifest, channel }) => ({ manifest, channel: channel?.manifest.slug ?? null }));
writeFileSync('docs/platforms.md', renderPlatformsDoc(pages));
