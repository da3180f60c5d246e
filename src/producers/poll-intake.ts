import { CarrierFault } from '../domain/carrier/fault.js';
import type { CallContext } from '../domain/carrier/port.js';
import type { PlatformPoll, PollWindow } from '../domain/platform/poll.js';
import type { EventEnvelope, PlatformAdapter } from '../domain/platform/port.js';
import { UnreadableEvent } from '../domain/platform/port.js';
import { sealMessage } from '../domain/secrets/sealed-message.js';
import type { Secrets } from '../domain/secrets/secrets.js';
import type { Settings, ShopSettings } from '../domain/settings/settings.js';
import type { Database } from '../domain/store/database.js';
import { platformSource, storeEvents } from '../domain/store/inbox-store.js';
import { duePolls, intakeFailed, intakeWorked } from '../domain/store/intake-state-store.js';
import { rowOf } from './inbox-row.js';

export interface PollDeps {
  readonly db: Database;
  /** Seals what is kept. */
  readonly secrets: Pick<Secrets, 'seal'>;
  readonly settings: () => Settings;
  readonly platformOf: (shopId: string) => PlatformAdapter | null;
  /** A call to this shop's platform, within its read budget; null: no slot came in time. */
  readonly openCall: (shopId: string) => Promise<CallContext | null>;
  /** Something new may be in the inbox. */
  readonly onStored: () => void;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** A shop that has never been read is read from this long ago, or from its start mark if that is later (R76). */
const FIRST_LOOK_BACK_MS = 24 * 3_600_000;
/** A window that one process has taken is another's after this long: the process died in it. */
const TAKEN_FOR_MS = 60_000;
/** A window that could not be read is read again after this long; one that was refused for its keys, less often. */
const AGAIN_MS = 5_000;
const LOCKED_OUT_AGAIN_MS = 60_000;
/** More pages than any window has: a platform whose last page never comes must not hold the loop for ever. */
const MOST_PAGES = 1_000;
/** Readers of a process: each reads one shop at a time, so that a slow one keeps no other waiting. */
export const POLL_READERS = 4;

/**
 * Is this shop read by asking? A platform that only answers is; one that is connected by a socket is, for what the socket
 * missed; one that pushes is, if the configuration says so (contract section 4, `intake`).
 */
export function isPolled(shop: Pick<ShopSettings, 'intake'>, { manifest: { doors } }: PlatformAdapter): boolean {
  return doors.poll && (shop.intake !== 'push' || !doors.push);
}

/** Reads one window of the shop that is most overdue. true: it has more to read. */
export async function runPolls(deps: PollDeps): Promise<boolean> {
  const polled = [...deps.settings().shops.values()].flatMap((shop) => {
    const platform = shop.enabled ? deps.platformOf(shop.id) : null;
    return platform?.poll && isPolled(shop, platform) ? [{ shop, poll: platform.poll }] : [];
  });
  if (polled.length === 0) return false;
  const byId = new Map(polled.map((one) => [one.shop.id, one]));
  const [due] = await duePolls(deps.db, [...byId.keys()], 1, TAKEN_FOR_MS, deps.now());
  const one = byId.get(due?.shopId ?? '');
  return due !== undefined && one !== undefined && readWindow(deps, one.shop, one.poll, due.cursorAt);
}

function nextWindow(shop: ShopSettings, poll: PlatformPoll, cursorAt: Date | null, nowMs: number): PollWindow {
  const start = cursorAt?.getTime() ?? Math.max(shop.autoFrom.getTime(), nowMs - FIRST_LOOK_BACK_MS);
  const fromMs = Math.min(start, nowMs) - poll.overlapMs;
  return { fromMs, toMs: Math.min(fromMs + poll.windowMs, nowMs) };
}

/** One window to its end. What was read is kept even if the window is not done: it is read again and changes nothing. */
async function readWindow(
  deps: PollDeps,
  shop: ShopSettings,
  poll: PlatformPoll,
  cursorAt: Date | null,
): Promise<boolean> {
  const startedAt = deps.now();
  const window = nextWindow(shop, poll, cursorAt, startedAt.getTime());
  try {
    const { records, total } = await readPages(deps, shop, poll, window);
    // Rows that came or went between two pages: what is missing is found by reading again (R77).
    if (total !== null && records < total) {
      return await failed(deps, shop, `the window declares ${total} records and gave ${records}`, AGAIN_MS);
    }
    const behind = window.toMs < startedAt.getTime();
    const nextAt = new Date(deps.now().getTime() + (behind ? 0 : poll.everyMs));
    await intakeWorked(deps.db, shop.id, 'poll', { cursorAt: new Date(window.toMs), nextAt }, deps.now());
    return behind;
  } catch (error) {
    if (!(error instanceof CarrierFault) && !(error instanceof UnreadableEvent)) throw error;
    const lockedOut = error instanceof CarrierFault && error.kind === 'credentials';
    const againMs =
      (error instanceof CarrierFault && error.retryAfterMs) || (lockedOut ? LOCKED_OUT_AGAIN_MS : AGAIN_MS);
    return failed(deps, shop, error.message, againMs);
  }
}

async function failed(deps: PollDeps, shop: ShopSettings, why: string, againMs: number): Promise<false> {
  const now = deps.now();
  deps.log('poll.failed', { shop: shop.id, why });
  await intakeFailed(deps.db, shop.id, 'poll', why, new Date(now.getTime() + againMs), now);
  return false;
}

async function readPages(
  deps: PollDeps,
  shop: ShopSettings,
  poll: PlatformPoll,
  window: PollWindow,
): Promise<{ records: number; total: number | null }> {
  const ids = new Set<string>();
  let total: number | null = null;
  let token: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const call = await deps.openCall(shop.id);
    if (!call) throw new CarrierFault('not_sent', "no slot of the shop's read budget came in time");
    const page = await poll.page(window, token, call, deps.now().getTime());
    await keep(deps, shop, page.envelopes);
    for (const { eventId } of page.envelopes) ids.add(eventId);
    total = page.total ?? total;
    if (page.next === null) return { records: ids.size, total };
    token = page.next;
  }
  throw new UnreadableEvent(`the window has no last page after ${MOST_PAGES} pages`);
}

async function keep(deps: PollDeps, shop: ShopSettings, envelopes: readonly EventEnvelope[]): Promise<void> {
  const source = platformSource(shop.platform, shop.id);
  const rows = envelopes.map((envelope) => sealMessage(deps.secrets, rowOf(source, envelope, deps.now())));
  if (rows.length === 0) return;
  await storeEvents(deps.db, rows);
  deps.onStored();
}
