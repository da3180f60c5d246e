import type { Browser, BrowserContext, Page } from 'playwright-core';
import { FRAME_TEXTS } from '../../src/dashboard/ui/texts/frame-texts.js';
import type { AccountSettings, ShopSettings } from '../../src/domain/settings/settings.js';
import type { JudgeEnv } from '../../src/domain/store/judgement.js';
import { CARRIERS } from '../../src/workers/carriers/index.js';
import { launchChromium } from './chromium.js';
import { Stories } from './parcel-stories.js';
import { anAccount, aPicture, aShop, REAL_BOOK } from './picture.js';
import { Erp } from './requests.js';
import { DOUYIN_KEYS, type WebRig, webRig, ZTO_KEYS } from './web-rig.js';

/** A shop's name that would run if it were ever taken for markup. */
export const EVIL_NAME = `"><img src=x onerror="document.title='pwned'"><script>document.title='pwned'</script>`;

const SHOP = aShop({ credentials: DOUYIN_KEYS });
/** A shop in which a person approves every intercept. */
const APPROVED = aShop({
  id: 'dy-approve',
  platformShopId: '10437918',
  name: EVIL_NAME,
  mode: 'approve',
  credentials: DOUYIN_KEYS,
});
const ACCOUNT = anAccount({ credentials: ZTO_KEYS, rateLimit: { max: 20, perMs: 1_000 } });

interface SiteOptions {
  readonly shops?: readonly ShopSettings[];
  readonly accounts?: readonly AccountSettings[];
}

/** Two shops with one account of one courier, unless others are asked for; every connected courier is known. */
function envOf({ shops = [SHOP, APPROVED], accounts = [ACCOUNT] }: SiteOptions): JudgeEnv {
  const slugs = new Set(CARRIERS.map(({ manifest }) => manifest.slug));
  return { settings: aPicture({ shops, accounts }), book: { ...REAL_BOOK, slugs } };
}

export const ADMIN = 'admin@example.com';
export const VIEWER = 'viewer@example.com';

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the browser complained about: errors of scripts, refused styles and scripts. */
  readonly complaints: string[];
}

interface VisitorOptions {
  readonly locale?: string;
  /** Logs in first; null: nobody is logged in. */
  readonly as?: string | null;
  /** A browser profile and a session that no other visit shares: for what changes them. */
  readonly alone?: boolean;
}

/** The real web process with its own database, rows made by the real stores, and a browser before it. */
export interface AdminSite {
  readonly rig: WebRig;
  readonly stories: Stories;
  /** Brings a visitor to an address; within the running page, as a click on a link does, if he has it open. */
  visit(path: string, options?: VisitorOptions): Promise<Visitor>;
  /** Leaves all pages: an open one goes on reading every few seconds. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** The cookies of a new session as the browser keeps them. */
async function newCookies(rig: WebRig, email: string) {
  const { cookie } = await rig.logIn(email);
  return cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: rig.url };
  });
}

/** Loads the page anew and waits until the server tells it of changes. */
export async function reloadWithStream(page: Page): Promise<void> {
  await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/api/v1/live')), page.reload()]);
}

const WINDOW = { width: 1280, height: 800 };

/** An address of the app that leads nowhere: what stood there is gone, nothing is read, and the app still runs. */
const NOWHERE = '/nowhere';
const NOWHERE_SAYS = FRAME_TEXTS.notFound.title;

const isAway = (page: Page) => page.url().endsWith(NOWHERE);

/** Follows a link within the running page. To load it anew costs the browser a second. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

/** Leaves the page's content but not the app; a page without the app is left as it is, and loaded anew by its next visit. */
async function goAway(page: Page): Promise<void> {
  const says = page.getByText(NOWHERE_SAYS.zh).or(page.getByText(NOWHERE_SAYS.en)).first();
  try {
    await follow(page, NOWHERE);
    await says.waitFor({ timeout: 10_000 });
  } catch {
    await page.goto('about:blank');
  }
}

/** A profile and a page of its own, with everything that goes wrong on it. */
async function newVisitor(browser: Browser, rig: WebRig, as: string | null, locale: string): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: rig.url,
    locale,
    timezoneId: 'Asia/Shanghai',
    viewport: WINDOW,
  });
  context.setDefaultTimeout(30_000);
  if (as !== null) await context.addCookies(await newCookies(rig, as));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // What the API refuses is shown on the page; the browser's own line about it is no fault.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  return { page, context, complaints };
}

export async function adminSite(options: SiteOptions = {}): Promise<AdminSite> {
  const env = envOf(options);
  const { shops } = env.settings;
  const rig = await webRig({ settings: env.settings });
  const browser = await launchChromium();
  await rig.addUser(ADMIN, 'admin');
  await rig.addUser(VIEWER, 'viewer');
  const stories = await Stories.on(
    rig.db,
    new Erp(rig.db, env, shops.get(SHOP.id)),
    new Erp(rig.db, env, shops.get(APPROVED.id)),
  );
  // A page costs the browser twice as much as going on with one it has.
  const known = new Map<string, Visitor>();
  const visitorFor = async ({ as = ADMIN, locale = 'zh-CN', alone = false }: VisitorOptions = {}): Promise<Visitor> => {
    const key = `${as} ${locale}`;
    const visitor = (alone ? undefined : known.get(key)) ?? (await newVisitor(browser, rig, as, locale));
    if (!alone) known.set(key, visitor);
    visitor.complaints.length = 0;
    return visitor;
  };
  return {
    rig,
    stories,
    async visit(path, options = {}) {
      const visitor = await visitorFor(options);
      const { page } = visitor;
      await page.setViewportSize(WINDOW);
      if (!path.startsWith('/') || !isAway(page)) await page.goto(path);
      else await follow(page, path);
      return visitor;
    },
    async leave() {
      const staying = [...known.values()];
      await Promise.all(staying.map(({ page }) => goAway(page)));
      const passing = browser.contexts().filter((context) => !staying.some((one) => one.context === context));
      await Promise.all(passing.map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await rig.close();
    },
  };
}
