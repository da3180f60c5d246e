import type { Page } from 'playwright-core';
import { storeConfig } from '../stored-config.js';
import type { Day } from './day.js';
import type { Scene } from './scene.js';

/** The address of a part of the configuration, which is stored first. */
const settings =
  (query: string) =>
  async ({ site }: Day): Promise<string> => {
    await storeConfig(site.rig);
    return `/settings?${query}`;
  };

/** Somebody who can be changed, and somebody who can be let in again. */
async function people({ site: { rig } }: Day): Promise<void> {
  const known = await rig.db.rows("SELECT id FROM user_account WHERE email = 'left@example.com'");
  if (known.length > 0) return;
  await rig.addUser('ops@example.com', 'operator', ['dy-main']);
  await rig.addUser('left@example.com', 'finance');
  await rig.db.run("UPDATE user_account SET disabled = 1 WHERE email = 'left@example.com'");
  await rig.token(['intercepts:read', 'intercepts:write'], ['dy-main']);
  await rig.logIn('ops@example.com');
}

const part =
  (name: string) =>
  async (day: Day): Promise<string> => {
    await people(day);
    return `/people?part=${name}`;
  };

/** Types another number and asks for the preview, where somebody may. */
async function preview(page: Page): Promise<void> {
  const button = page.locator('[data-action="settings.preview"]');
  if ((await button.count()) === 0) return;
  await page.locator('#f-concurrency').fill('6');
  await button.click();
  await page.locator('[data-action="settings.save"]').waitFor();
}

/** The configuration, people, the audit log, one's own account. */
export const SETUP_SCENES: readonly Scene[] = [
  {
    page: 'settings',
    name: 'settings-shops',
    address: settings('part=shops'),
    ready: { zh: '最近收到消息', en: 'Last message' },
    shows: ['settings.testShop', 'settings.disable'],
  },
  {
    page: 'settings',
    name: 'settings-accounts',
    address: settings('part=accounts'),
    ready: { zh: '查轨迹', en: 'track' },
    shows: ['settings.testAccount', 'settings.disable'],
  },
  {
    page: 'settings',
    name: 'settings-edit',
    address: settings('part=accounts&edit=carrierAccounts&id=zto-main'),
    ready: { zh: '只写不读', en: 'Written, never read' },
    open: preview,
    shows: ['settings.preview', 'settings.save'],
  },
  {
    page: 'people',
    name: 'people',
    address: part('users'),
    ready: { zh: 'ops@example.com', en: 'ops@example.com' },
    shows: ['people.add', 'people.change', 'people.disable', 'people.enable', 'people.password'],
  },
  {
    page: 'people',
    name: 'people-tokens',
    address: part('tokens'),
    ready: { zh: '最近使用', en: 'Last used' },
    shows: ['people.createToken', 'people.revokeToken'],
  },
  {
    page: 'people',
    name: 'people-sessions',
    address: part('sessions'),
    ready: { zh: '最近活动', en: 'Last seen' },
    shows: ['people.endSession'],
  },
  {
    page: 'audit',
    name: 'audit',
    address: async (day) => {
      await storeConfig(day.site.rig);
      return '/audit';
    },
    ready: { zh: 'user.add', en: 'user.add' },
    shows: ['audit.check'],
  },
  {
    page: 'me',
    name: 'me',
    address: () => '/me',
    ready: { zh: '本次登录', en: 'this one' },
    shows: [],
  },
];
