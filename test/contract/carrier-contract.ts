import { describe, it } from '@jest/globals';
import { ASK_CASES, MANIFEST_CASES } from './carrier-cases-ask.js';
import { FAULT_CASES } from './carrier-cases-fault.js';
import { SEND_CASES } from './carrier-cases-send.js';
import type { CarrierCase, CarrierHarness } from './carrier-harness.js';

/** What every courier's adapter must do, over a real server and in the courier's own wire format. */
export const CARRIER_CASES: readonly CarrierCase[] = [...SEND_CASES, ...FAULT_CASES, ...ASK_CASES, ...MANIFEST_CASES];

/** The cases that concern this courier: what its manifest does not declare is not asked of it. */
export function casesFor({ plugin }: CarrierHarness): readonly CarrierCase[] {
  return CARRIER_CASES.filter((one) => one.applies?.(plugin.manifest) ?? true);
}

/** Declares the shared suite for one courier. */
export function runCarrierContract(name: string, harness: CarrierHarness): void {
  describe(`the contract of a courier, kept by ${name}`, () => {
    for (const one of casesFor(harness)) it(one.name, () => one.run(harness));
  });
}
