import { describe, expect, it } from '@jest/globals';
import { withMistake } from './bad-carrier.js';
import { CARRIER_CASES, casesFor } from './carrier-contract.js';
import type { CarrierHarness } from './carrier-harness.js';
import { ASK_MISTAKES } from './mistakes-ask.js';
import { SEND_MISTAKES } from './mistakes-send.js';
import { ztoHarness } from './zto-harness.js';

const MISTAKES = [...SEND_MISTAKES, ...ASK_MISTAKES];

/** Whether a case of the suite rejects this courier. */
async function catches(name: string, harness: CarrierHarness): Promise<boolean> {
  const one = casesFor(harness).find((each) => each.name === name);
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
        expect([name, await catches(name, withMistake(ztoHarness, mistake))]).toEqual([name, true]);
      }
    });
  }

  it('and every case of it catches one of them: a case that cannot fail proves nothing', () => {
    const used = new Set(MISTAKES.flatMap((mistake) => mistake.caughtBy));
    expect(CARRIER_CASES.map((one) => one.name).filter((name) => !used.has(name))).toEqual([]);
  });
});
