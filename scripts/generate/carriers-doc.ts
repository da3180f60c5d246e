import { writeFileSync } from 'node:fs';
import { PLATFORMS } from '../../src/producers/platforms/index.js';
import { CARRIERS } from '../../src/workers/carriers/index.js';
import { renderCarriersDoc } from '../render/carriers-doc.js';

/** Writes docs/carriers.md, platforms' own channels last; run from the root of the project by `npm run generate`. */
const channels = PLATFORMS.flatMap(({ channel }) => channel ?? []);
writeFileSync('docs/carriers.md', renderCarriersDoc([...CARRIERS, ...channels].map(({ manifest }) => manifest)));
