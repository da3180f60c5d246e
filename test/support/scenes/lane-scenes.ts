import type { Page } from 'playwright-core';
import type { Day } from './day.js';
import type { Scene } from './scene.js';

const dialog = (page: Page) => page.getByRole('dialog');

async function openOver(page: Page, action: string): Promise<void> {
  await page.locator(`[data-action="${action}"]`).first().click();
  await dialog(page).getByRole('table').waitFor();
}

/** Two parcels whose last moment to send is here, on the lane that is paused. */
async function withLateParcels({ site }: Day): Promise<string> {
  for (const waybillNo of ['4312000000091', '4312000000092']) {
    const parcels = [{ carrier: 'yunda', waybillNo, declaredValueFen: 12_900, pickedUpAt: new Date() }];
    await site.stories.ago(0).queued({ parcels, deadlineAt: new Date(Date.now() + 100) });
  }
  return '/lanes';
}

/** Looking after a lane: who comes too late, and whether Redis has lost something. */
export const LANE_SCENES: readonly Scene[] = [
  {
    page: 'lanes',
    name: 'lane-too-late',
    address: withLateParcels,
    ready: { zh: '查看来不及的…', en: 'Those too late…' },
    open: (page) => openOver(page, 'lanes.tooLate'),
    shows: ['lanes.tooLate', 'lanes.drift'],
  },
  {
    page: 'lanes',
    name: 'lane-drift',
    address({ site }) {
      site.rig.drift.push({ queue: 'intercept-zto-zto-main', withoutJob: 3, withoutRow: 1 });
      return '/lanes';
    },
    ready: { zh: '核对 Redis…', en: 'Compare with Redis…' },
    open: (page) => openOver(page, 'lanes.drift'),
    shows: ['lanes.drift', 'lanes.rebuild'],
  },
];
