import { describe, expect, it } from '@jest/globals';
import { presentSteps } from '../../../src/dashboard/presenters/step.js';
import { restOf, sortedSteps, wordOf } from '../../../src/dashboard/ui/steps/steps.js';
import { INTERCEPT_STATES, type InterceptState } from '../../../src/domain/intercept/machine.js';

const choices = (state: InterceptState) =>
  presentSteps({ state, reason: 'not_picked_up', stoppedBefore: false, orderStands: false }, true);

describe('the next safe step', () => {
  it.each(INTERCEPT_STATES)('of %s is something to do, or a word why there is nothing', (state) => {
    expect(sortedSteps(choices(state)).offered.length > 0 || restOf(state) !== null).toBe(true);
  });

  it.each(INTERCEPT_STATES)('of %s stands first, and everything else is offered or has a reason', (state) => {
    const { offered, not } = sortedSteps(choices(state));
    const { next, steps } = choices(state);
    if (next !== null) expect(offered[0]?.step).toBe(next);
    for (const { whyText } of not) expect(whyText?.zh).toBeTruthy();
    for (const { step } of offered) expect(not.map((choice) => choice.step)).not.toContain(step);
    expect(steps).toHaveLength(4);
  });

  it('is called a release where somebody’s approval is what a held one waits for', () => {
    expect(wordOf('retry', 'held')).toBe('release');
    expect(wordOf('retry', 'refused')).toBe('retry');
    expect(wordOf('withdraw', 'held')).toBe('withdraw');
  });
});
