import { writeFileSync } from 'node:fs';
import { CARRIERS } from '../../src/workers/carriers/index.js';
import { renderCarriersDoc } from '../render/carriers-doc.js';

/** Writes docs/carriers.md; run from the root of the project by `npm run generate`. */
writeFileSync('docs/carriers.md', renderCarriersDoc(CARRIERS.map((plugin) => plugin.manifest)));
