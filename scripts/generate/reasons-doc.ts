import { writeFileSync } from 'node:fs';
import { renderReasonsDoc } from '../render/reasons-doc.js';

/** Writes docs/reasons.md; run from the root of the project by `npm run generate`. */
writeFileSync('docs/reasons.md', renderReasonsDoc());
