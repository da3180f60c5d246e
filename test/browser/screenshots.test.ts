import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aDay, type Day } from '../support/scenes/day.js';
import type { Scene } from '../support/scenes/scene.js';
import { SCENES } from '../support/scenes/scenes.js';
import { picture, STILL_AT, standStill } from '../support/scenes/still.js';

/** `npm run screenshots` sets it: pictures are written there, with time standing still. Needs a Chinese font. */
const FOLDER = process.env.JIEJIAN_SCREENSHOTS;

/** Everything but the clock goes on. */
const RUNNING = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** Scenes that are photographed in English too. */
const IN_ENGLISH: readonly string[] = ['overview', 'intercept', 'import'];
/** Scenes that are photographed on a phone too. */
const ON_A_PHONE: readonly string[] = ['overview', 'intercepts', 'intercept', 'tasks', 'lanes'];
const PHONE = { width: 390, height: 844 };

let day: Day;
const addresses = new Map<string, string>();
/** Pages whose clock stands. */
const still = new WeakSet<Page>();
beforeAll(async () => {
  if (FOLDER !== undefined) {
    mkdirSync(FOLDER, { recursive: true });
    jest.useFakeTimers({ doNotFake: [...RUNNING], now: STILL_AT });
  }
  day = await aDay();
  for (const scene of SCENES) addresses.set(scene.name, await scene.address(day));
}, 120_000);
afterEach(() => day.site.leave());
afterAll(async () => {
  await day.site.close();
  jest.useRealTimers();
});

async function visit(scene: Scene, { locale = 'zh-CN', dark = false } = {}): Promise<Page> {
  const address = addresses.get(scene.name) ?? '/';
  const { page } = await day.site.visit(FOLDER === undefined ? address : 'about:blank', { locale });
  if (FOLDER !== undefined) {
    if (!still.has(page)) await standStill(page);
    still.add(page);
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.goto(address);
  }
  await page
    .getByText(locale.startsWith('en') ? scene.ready.en : scene.ready.zh)
    .first()
    .waitFor();
  await scene.open?.(page);
  return page;
}

async function keep(page: Page, name: string): Promise<void> {
  writeFileSync(join(FOLDER ?? '', `${name}.png`), await picture(page));
}

const widthOf = (page: Page) => page.evaluate('document.documentElement.scrollWidth');

describe('every page', () => {
  it.each(SCENES)(
    '$name fits into a window of 1280 by 800, and onto a phone without scrolling sideways',
    async (scene) => {
      const page = await visit(scene);
      expect(await widthOf(page)).toBe(1280);
      await page.setViewportSize(PHONE);
      // A wide table scrolls in itself; the window never does.
      expect(await widthOf(page)).toBeLessThanOrEqual(390);
    },
  );
});

if (FOLDER !== undefined) {
  describe('the pictures', () => {
    it.each(SCENES)('of $name, light', async (scene) => keep(await visit(scene), `${scene.name}-light`));

    it.each(SCENES)('of $name, dark', async (scene) => keep(await visit(scene, { dark: true }), `${scene.name}-dark`));

    it.each(SCENES.filter(({ name }) => IN_ENGLISH.includes(name)))('of $name in English', async (scene) =>
      keep(await visit(scene, { locale: 'en-GB' }), `${scene.name}-en-light`),
    );

    it.each(SCENES.filter(({ name }) => ON_A_PHONE.includes(name)))('of $name on a phone', async (scene) => {
      const page = await visit(scene);
      await page.setViewportSize(PHONE);
      await keep(page, `${scene.name}-phone-light`);
    });
  });
}
