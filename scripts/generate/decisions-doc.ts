import { writeFileSync } from 'node:fs';
import { renderDecisionsDoc } from '../render/decisions-doc.js';

/** Writes docs/decisions.md; run from the root of the project by `npm run generate`. */
writeFileSync('docs/decisions.md', renderDecisionsDoc());
