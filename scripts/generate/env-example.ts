import { writeFileSync } from 'node:fs';
import { renderEnvExample } from '../render/env-example.js';

/** Writes .env.example; run from the root of the project by `npm run generate`. */
writeFileSync('.env.example', renderEnvExample());
