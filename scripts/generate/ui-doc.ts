import { writeFileSync } from 'node:fs';
import { renderUiDoc } from '../render/ui-doc.js';

/** Writes docs/ui.md; run from the root of the project by `npm run generate`. */
writeFileSync('docs/ui.md', renderUiDoc());
