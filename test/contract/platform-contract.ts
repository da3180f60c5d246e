import { describe, it } from '@jest/globals';
import { DETAIL_CASES } from './platform-cases-detail.js';
import { READ_FAULT_CASES } from './platform-cases-fault.js';
import { PLATFORM_MANIFEST_CASES } from './platform-cases-manifest.js';
import { POLL_CASES } from './platform-cases-poll.js';
import { PUSH_CASES } from './platform-cases-push.js';
import { SOCKET_CASES } from './platform-cases-socket.js';
import type { PlatformHarness } from './platform-harness.js';
import type { PlatformCase } from './platform-rig.js';

/** What every platform's adapter must do, in the platform's own wire format; reads go over a real server. */
export const PLATFORM_CASES: readonly PlatformCase[] = [
  ...PUSH_CASES,
  ...SOCKET_CASES,
  ...POLL_CASES,
  ...DETAIL_CASES,
  ...READ_FAULT_CASES,
  ...PLATFORM_MANIFEST_CASES,
];

/** The cases that concern this platform: of a door it does not have nothing is asked. */
export function platformCasesFor(harness: PlatformHarness): readonly PlatformCase[] {
  return PLATFORM_CASES.filter((one) => one.applies?.(harness) ?? true);
}

/** Declares the shared suite for one platform. */
export function runPlatformContract(name: string, harness: PlatformHarness): void {
  describe(`the contract of a platform, kept by ${name}`, () => {
    for (const one of platformCasesFor(harness)) it(one.name, () => one.run(harness));
  });
}
