import { writeFileSync } from 'node:fs';
import { renderStatesDoc } from '../render/states-doc.js';

/** Writes docs/states.md; run from the root of the project by `npm run generate`. */
writeFileSync('docs/states.md', renderStatesDoc());
