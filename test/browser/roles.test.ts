import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ActionRow } from '../../src/dashboard/ui/actions/action.js';
import { ACTIONS } from '../../src/dashboard/ui/actions/actions.js';
import { PAGE_ROWS } from '../../src/dashboard/ui/actions/page-rows.js';
import { FRAME_TEXTS } from '../../src/dashboard/ui/texts/frame-texts.js';
import { type Scope, scopesOf, USER_ROLES, type UserRole } from '../../src/domain/people/scopes.js';
import { aDay, type Day } from '../support/scenes/day.js';
import { SCENES } from '../support/scenes/scenes.js';

let day: Day;
const addresses = new Map<string, string>();
beforeAll(async () => {
  day = await aDay();
  for (const role of USER_ROLES) await day.site.rig.addUser(`${role}@role.example.com`, role);
  for (const scene of SCENES) addresses.set(scene.name, await scene.address(day));
}, 120_000);
afterEach(() => day.site.leave());
afterAll(() => day.site.close());

const controls = async (page: Page): Promise<string[]> => {
  const found = page.locator('[data-action]');
  const names = await Promise.all((await found.all()).map((one) => one.getAttribute('data-action')));
  return [...new Set(names.filter((name) => name !== null))].sort();
};

/** Actions of the scene that a role has; the UI knows by scope what it offers. */
function allowed(shows: readonly (keyof typeof ACTIONS)[], scopes: ReadonlySet<Scope>): string[] {
  return shows.filter((name) => scopes.has((ACTIONS[name] satisfies ActionRow).scope)).sort();
}

const visits = USER_ROLES.flatMap((role) =>
  SCENES.map((scene): [string, UserRole, typeof scene] => [scene.name, role, scene]),
);

describe('every page for every role', () => {
  it.each(visits)('%s shows to the role %s what docs/ui.md says, and nothing else', async (_name, role, scene) => {
    const { page } = await day.site.visit(addresses.get(scene.name) ?? '/', { as: `${role}@role.example.com` });
    const scopes = scopesOf(role);
    const { scope, inMenu } = PAGE_ROWS[scene.page];
    const maySee = scopes.has(scope);
    if (maySee) {
      await page.getByText(scene.ready.zh).first().waitFor();
      await scene.open?.(page);
    } else await page.getByRole('heading', { level: 1, name: FRAME_TEXTS.forbidden.title.zh }).waitFor();
    const shown = await controls(page);
    const expected = maySee ? allowed(scene.shows, scopes) : [];
    const forbidden = shown.filter(
      (name) => !scopes.has((ACTIONS[name as keyof typeof ACTIONS] satisfies ActionRow).scope),
    );
    expect(forbidden).toEqual([]);
    expect(shown).toEqual(expect.arrayContaining(expected));
    const entry = page.getByRole('navigation').getByRole('link', { name: FRAME_TEXTS.nav[scene.page].zh, exact: true });
    expect(await entry.count()).toBe(inMenu && maySee ? 1 : 0);
  });
});
