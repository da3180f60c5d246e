import { describe, expect, it } from '@jest/globals';
import { withPlatformMistake } from './bad-platform.js';
import { modelHarness } from './model-platform-harness.js';
import { PLATFORM_CASES, platformCasesFor } from './platform-contract.js';
import type { PlatformHarness } from './platform-harness.js';
import { PUSH_MISTAKES, SOCKET_MISTAKES } from './platform-mistakes-messages.js';
import { DETAIL_MISTAKES, PLATFORM_MANIFEST_MISTAKES, POLL_MISTAKES } from './platform-mistakes-reads.js';

const MISTAKES = [
  ...PUSH_MISTAKES,
  ...SOCKET_MISTAKES,
  ...POLL_MISTAKES,
  ...DETAIL_MISTAKES,
  ...PLATFORM_MANIFEST_MISTAKES,
];

/** Whether a case of the suite rejects this platform. */
async function catches(name: string, harness: PlatformHarness): Promise<boolean> {
  const one = platformCasesFor(harness).find((each) => each.name === name);
  if (!one) throw new Error(`no case of the suite is called "${name}"`);
  return one.run(harness).then(
    () => false,
    () => true,
  );
}

describe('the shared suite catches the mistakes that adapters make', () => {
  for (const mistake of MISTAKES) {
    it(`an adapter that ${mistake.name}`, async () => {
      expect(mistake.caughtBy.length).toBeGreaterThan(0);
      for (const name of mistake.caughtBy) {
        expect([name, await catches(name, withPlatformMistake(modelHarness, mistake))]).toEqual([name, true]);
      }
    });
  }

  it('and every case of it catches one of them: a case that cannot fail proves nothing', () => {
    const used = new Set(MISTAKES.flatMap((mistake) => mistake.caughtBy));
    expect(PLATFORM_CASES.map((one) => one.name).filter((name) => !used.has(name))).toEqual([]);
  });

  it('runs every case on the platform with every door', () => {
    expect(platformCasesFor(modelHarness)).toHaveLength(PLATFORM_CASES.length);
    expect(new Set(PLATFORM_CASES.map((one) => one.name)).size).toBe(PLATFORM_CASES.length);
  });
});
