import { describe, expect, it } from '@jest/globals';
import { outcomesIn, STEPS, withdrawalOf } from '../../../src/dashboard/ui/steps/steps.js';
import { OUTCOMES } from '../../../src/dashboard/ui/texts/step-texts.js';
import { INTERCEPT_STATES, isFinal, mayHaveLeft } from '../../../src/domain/intercept/machine.js';
import { RESOLUTIONS } from '../../../src/domain/store/action-store.js';

describe('the next safe step', () => {
  it.each(INTERCEPT_STATES)('of %s is something to do, or a word why there is nothing', (state) => {
    const { steps, rest } = STEPS[state];
    expect(steps.length > 0 || rest !== null).toBe(true);
  });

  it.each(INTERCEPT_STATES.filter(mayHaveLeft))(
    'of %s never sends again, as an order may be at the courier',
    (state) => {
      expect(STEPS[state].steps.filter((step) => step !== 'withdraw')).toEqual([]);
    },
  );

  it.each(INTERCEPT_STATES.filter(isFinal))('of %s is not withdrawing, as it has ended', (state) => {
    expect(STEPS[state].steps).not.toContain('withdraw');
  });

  it.each(INTERCEPT_STATES.filter(mayHaveLeft))(
    'says of withdrawing %s that the courier has to confirm (R80)',
    (state) => {
      expect(withdrawalOf(state)).toBe('after');
    },
  );

  it('offers exactly the outcomes that the server knows', () => {
    expect([...OUTCOMES]).toEqual([...RESOLUTIONS]);
    expect(outcomesIn('needs_review')).toEqual(RESOLUTIONS);
    expect(outcomesIn('held')).toEqual(['asked_outside', 'give_up']);
  });
});
