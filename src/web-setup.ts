import type { SetupDeps } from './dashboard/api/setup-deps.js';
import { doorsInUse } from './intake-doors.js';
import { PLATFORMS } from './producers/platforms/index.js';
import { isPublicUrl } from './public-url.js';
import { ReadTests } from './read-tests.js';
import { CREDENTIALS, FEATURES, type System } from './system.js';
import { CARRIERS } from './workers/carriers/index.js';

/** What the pages of the configuration are given: the plug-ins' facts, and how to try keys. */
export function setupOf(
  system: Pick<System, 'db' | 'secrets' | 'redis' | 'now' | 'settings' | 'platformOf'>,
): SetupDeps {
  const { secrets } = system;
  const tests = new ReadTests(system, secrets);
  return {
    secrets,
    checks: { credentials: CREDENTIALS, features: FEATURES, mayBeTyped: isPublicUrl },
    platforms: PLATFORMS.map(({ manifest }) => manifest),
    carriers: CARRIERS.map(({ manifest }) => manifest),
    doorsOf: doorsInUse(system),
    testAccount: (id, wanted) => tests.account(id, wanted),
    testShop: (id, wanted) => tests.shop(id, wanted),
  };
}
