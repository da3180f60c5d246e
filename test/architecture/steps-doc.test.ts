import { describe, expect, it } from '@jest/globals';
import { renderStepsDoc } from '../../scripts/render/steps-doc.js';
import { INTERCEPT_STATES } from '../../src/domain/intercept/machine.js';
import { ALL_PERSON_STEPS, STEP_REFUSALS } from '../../src/domain/intercept/person-steps.js';
import { projectFile } from './source-tree.js';

describe('docs/steps.md', () => {
  const text = renderStepsDoc();

  it('says what the table of steps says; `npm run generate` makes it anew', () => {
    expect(projectFile('docs/steps.md')).toBe(text);
  });

  it('has a line for every state and every reason of a refusal, and a column for every step', () => {
    for (const state of INTERCEPT_STATES) expect(text).toMatch(new RegExp(`^\\| \`${state}\` `, 'm'));
    for (const code of Object.keys(STEP_REFUSALS)) expect(text).toContain(`| \`${code}\` |`);
    for (const step of ALL_PERSON_STEPS) expect(text).toContain(`\`${step}\``);
  });
});
