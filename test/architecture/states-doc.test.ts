import { describe, expect, it } from '@jest/globals';
import { FIRST_STATES, renderStatesDoc } from '../../scripts/render/states-doc.js';
import { INTERCEPT_STATES, type InterceptState, TRANSITIONS } from '../../src/domain/intercept/machine.js';
import { projectFile, sourceFiles } from './source-tree.js';

const text = renderStatesDoc();

describe('docs/states.md', () => {
  it('says what the machine does; `npm run generate` makes it anew', () => {
    expect(projectFile('docs/states.md')).toBe(text);
  });

  it.each(INTERCEPT_STATES)('draws and lists every edge out of %s, because a missing arrow is a lie', (state) => {
    for (const [event, to] of Object.entries<InterceptState>(TRANSITIONS[state])) {
      expect(text).toMatch(new RegExp(`^  ${state} --> ${to}: (.*, )?${event}(,|$)`, 'm'));
      expect(text).toMatch(new RegExp(`^\\| \`${state}\`.*\`${event}\` → ${to}\\b`, 'm'));
    }
  });

  it('opens intercepts only where a judgement can', () => {
    const judge = sourceFiles(/^judge\.ts$/).find(({ path }) => path === 'src/domain/intercept/judge.ts');
    const [, targets = ''] = /readonly target: ([^;]+);/.exec(judge?.text ?? '') ?? [];
    expect([...targets.matchAll(/'(\w+)'/g)].map(([, state]) => state).sort()).toEqual([...FIRST_STATES].sort());
  });

  it('is a diagram that mermaid reads: one header, one arrow a line, no self-made words', () => {
    const [, diagram = ''] = /```mermaid\n([\s\S]*?)\n```/.exec(text) ?? [];
    const [header, ...arrows] = diagram.split('\n');
    expect(header).toBe('stateDiagram-v2');
    for (const arrow of arrows) expect(arrow).toMatch(/^ {2}(\[\*\]|[a-z_]+) --> (\[\*\]|[a-z_]+)(: [a-z_, ]+)?$/);
  });
});
