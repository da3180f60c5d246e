import { createHash } from 'node:crypto';
import { createSecrets } from '../../src/domain/secrets/secrets.js';

/** SECRET_KEY of tests, as bytes and as the environment has it. */
export const RIG_KEY = createHash('sha256').update('the key of a web rig').digest();
const RIG_SECRET_KEY = RIG_KEY.toString('base64');
/** What seals and opens the secrets and messages that tests store. */
export const RIG_SECRETS = createSecrets(RIG_SECRET_KEY);
