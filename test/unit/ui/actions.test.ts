import { describe, expect, it } from '@jest/globals';
import type { ActionRow } from '../../../src/dashboard/ui/actions/action.js';
import { ACTIONS, type ActionName } from '../../../src/dashboard/ui/actions/actions.js';
import { PAGE_ROWS, type PageName } from '../../../src/dashboard/ui/actions/page-rows.js';
import { SCENES } from '../../support/scenes/scenes.js';

const actions: [string, ActionRow][] = Object.entries(ACTIONS);

describe('the table of actions', () => {
  it.each(actions)('%s is named after its page', (name, { page }) => {
    expect(name.slice(0, name.indexOf('.'))).toBe(page);
  });

  it.each(actions)(
    'the control of %s stands on a scene of its page, where every role looks for it',
    (name, { page }) => {
      const shown = SCENES.filter(({ shows }) => shows.some((one) => one === name));
      expect(shown.map((scene) => scene.page)).toContain(page);
    },
  );
});

describe('the scenes', () => {
  it.each(Object.keys(PAGE_ROWS) as PageName[])('show the page %s', (page) => {
    expect(SCENES.some((scene) => scene.page === page)).toBe(true);
  });

  it('have a name each, for their pictures', () => {
    const names = SCENES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(SCENES)('$name shows actions of its own page', ({ page, shows }) => {
    for (const name of shows) expect((ACTIONS[name satisfies ActionName] as ActionRow).page).toBe(page);
  });
});
