import { writeFileSync } from 'node:fs';
import { renderStepsDoc } from '../render/steps-doc.js';

/** Writes docs/steps.md; run from the root of the project by `npm run generate`. */
writeFileSync('docs/steps.md', renderStepsDoc());
