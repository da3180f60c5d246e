import type { CallContext } from '../../../domain/carrier/port.js';
import { formatChinaTime } from '../../../domain/china-time.js';
import type { PlatformPoll, PollPage, PollWindow } from '../../../domain/platform/poll.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, listAt } from '../fields.js';
import { resultOf } from './answers.js';
import type { JdShopCredentials } from './credentials.js';
import { josRequest } from './gateway.js';
import { polledEnvelope } from './polled.js';
import { momentAt, recordIn } from './record.js';

/** The documented most. */
const PAGE_SIZE = 50;
const MOST_PAGES = 100;

/**
 * JD finds applications by when they were made and by when they were reviewed; how it finds them by when they changed is
 * not known. A window walks one axis after the other, so that a review of an old application is seen too.
 */
const AXES = {
  apply: { from: 'applyTimeStart', to: 'applyTimeEnd', next: 'check' },
  check: { from: 'checkTimeStart', to: 'checkTimeEnd', next: null },
} as const;

interface Position {
  readonly axis: keyof typeof AXES;
  /** From 1. */
  readonly page: number;
  /** Records of this axis before this page. */
  readonly seen: number;
  /** Records declared by axes that are done, less those of this axis that the other one has shown already. */
  readonly declared: number;
}

const TOKEN = /^(apply|check):(\d{1,3}):(\d{1,9}):(-?\d{1,9})$/;

function positionOf(token: string | null): Position {
  if (token === null) return { axis: 'apply', page: 1, seen: 0, declared: 0 };
  const [, axis, page, seen, declared] = TOKEN.exec(token) ?? [];
  if (axis !== 'apply' && axis !== 'check') throw new UnreadableEvent('the token of the next page is not ours');
  return { axis, page: Number(page), seen: Number(seen), declared: Number(declared) };
}

function tokenOf({ axis, page, seen, declared }: Position): string {
  return `${axis}:${page}:${seen}:${declared}`;
}

/** JD's clock has seconds: the window grows to whole ones, its ends included. */
function wholeSeconds({ fromMs, toMs }: PollWindow): PollWindow {
  return { fromMs: Math.floor(fromMs / 1000) * 1000, toMs: Math.ceil(toMs / 1000) * 1000 };
}

/** Has the other axis shown this record in the same window? What cannot be told counts as shown: a total may be too low, never too high. */
function isShownTwice(value: unknown, { fromMs, toMs }: PollWindow): boolean {
  try {
    const appliedAtMs = momentAt(recordIn(value), 'applyTime');
    return appliedAtMs === undefined || (appliedAtMs >= fromMs && appliedAtMs <= toMs);
  } catch (error) {
    if (error instanceof UnreadableEvent) return true;
    throw error;
  }
}

/** `queryResult{totalCount, result[]}`. No list is an empty page only if the total says so. Throws UnreadableEvent. */
function readPage(result: Fields): { records: readonly unknown[]; total: number } {
  const total = codeAt(result, 'totalCount');
  if (total === undefined) throw new UnreadableEvent('totalCount is missing');
  const records = listAt(result.result, 'result');
  if (result.result === undefined && total !== '0') throw new UnreadableEvent('the page holds no list');
  return { records, total: Number(total) };
}

/** What was read, and where it goes on: the next page, then the other axis, then nowhere, with the total of both. */
function pageOf(at: Position, window: PollWindow, result: Fields): PollPage {
  const { records, total } = readPage(result);
  const envelopes = records.map(polledEnvelope);
  const twice = at.axis === 'check' ? records.filter((record) => isShownTwice(record, window)).length : 0;
  const seen = at.seen + records.length;
  const declared = at.declared - twice;
  if (records.length > 0 && seen < total) {
    if (at.page >= MOST_PAGES) throw new UnreadableEvent('the window holds more records than JD pages out');
    return { envelopes, total: null, next: tokenOf({ ...at, page: at.page + 1, seen, declared }) };
  }
  const { next: axis } = AXES[at.axis];
  if (axis !== null) {
    return { envelopes, total: null, next: tokenOf({ axis, page: 1, seen: 0, declared: declared + total }) };
  }
  return { envelopes, total: Math.max(0, declared + total), next: null };
}

/** One page of one axis. */
async function readAt(
  at: Position,
  window: PollWindow,
  credentials: JdShopCredentials,
  ctx: CallContext,
  nowMs: number,
): Promise<PollPage> {
  const { from, to } = AXES[at.axis];
  const content = {
    [from]: formatChinaTime(new Date(window.fromMs)),
    [to]: formatChinaTime(new Date(window.toMs)),
    pageIndex: at.page,
    pageSize: PAGE_SIZE,
  };
  const response = await ctx.send(josRequest(credentials, 'list', content, nowMs));
  return pageOf(at, window, resultOf(response, 'list', credentials));
}

/** The intake of JD, which pushes nothing that anybody documents. */
export function pollOf(credentials: JdShopCredentials): PlatformPoll {
  return {
    // The only way in: a refund waits for the next look.
    everyMs: 60_000,
    // The widest window is not documented; half an hour is what other platforms take.
    windowMs: 30 * 60_000,
    overlapMs: 5 * 60_000,
    async page(given, token, ctx, nowMs) {
      const window = wholeSeconds(given);
      const page = await readAt(positionOf(token), window, credentials, ctx, nowMs);
      // An axis that shows nothing is no page of its own: the other one answers in its place.
      if (page.envelopes.length > 0 || page.next === null) return page;
      return readAt(positionOf(page.next), window, credentials, ctx, nowMs);
    },
  };
}
