import type { PlatformPoll, PollPage, PollWindow } from '../../../domain/platform/poll.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, listAt } from '../fields.js';
import { answerOfRead } from './answers.js';
import type { PinduoduoCredentials } from './credentials.js';
import { gatewayRequest } from './gateway.js';
import { polledEnvelope } from './polled.js';

const METHOD = 'pdd.refund.list.increment.get';
const ROOT = 'refund_increment_get_response';
/** The documented most. */
const PAGE_SIZE = 100;
const ALL_TYPES = '1';

/** Refused, paid and modified after-sales have no known message: this is how they are found, so it runs often. */
const EVERY_MS = 60_000;
/** Half an hour is the documented most; its ends are rounded outwards to whole seconds. */
const WINDOW_MS = 30 * 60_000 - 2_000;
const OVERLAP_MS = 120_000;

/** Where a window stands: which status is asked for, the page of it, what it has given, and what the ones before declared. */
interface Position {
  readonly status: number;
  readonly page: number;
  readonly seen: number;
  readonly declared: number;
}

const TOKEN = /^(\d{1,2}):(\d{1,6}):(\d{1,9}):(\d{1,9})$/;
const FIRST: Position = { status: 0, page: 1, seen: 0, declared: 0 };

function positionOf(token: string | null): Position {
  if (token === null) return FIRST;
  const [status, page, seen, declared] = (TOKEN.exec(token) ?? []).slice(1).map(Number);
  if (status === undefined || page === undefined || seen === undefined || declared === undefined) {
    throw new UnreadableEvent('the token of the next page is not ours');
  }
  return { status, page, seen, declared };
}

const tokenOf = ({ status, page, seen, declared }: Position): string => `${status}:${page}:${seen}:${declared}`;

function readPage(answer: Fields): { readonly records: readonly unknown[]; readonly total: number } {
  const content = fieldsAt(answer[ROOT], ROOT);
  const total = codeAt(content, 'total_count');
  if (total === undefined) throw new UnreadableEvent('total_count is missing');
  return { records: listAt(content.refund_list, 'refund_list'), total: Number(total) };
}

function listParams({ fromMs, toMs }: PollWindow, status: number, page: number): Record<string, string> {
  return {
    after_sales_status: String(status),
    after_sales_type: ALL_TYPES,
    start_updated_at: String(Math.floor(fromMs / 1000)),
    end_updated_at: String(Math.ceil(toMs / 1000)),
    page: String(page),
    page_size: String(PAGE_SIZE),
  };
}

/**
 * Changed refunds, one status after the other because the list takes one a call; statuses without a record are passed over
 * within one page. The end of a status is told by what came, not by what was asked for. The window's total is known when
 * its last status has spoken.
 */
export function pinduoduoPoll(credentials: PinduoduoCredentials): PlatformPoll {
  const { pollStatuses } = credentials;
  return {
    everyMs: EVERY_MS,
    windowMs: WINDOW_MS,
    overlapMs: OVERLAP_MS,
    async page(window, token, ctx, nowMs): Promise<PollPage> {
      let at = positionOf(token);
      for (;;) {
        const status = pollStatuses[at.status];
        if (status === undefined) throw new UnreadableEvent('the token of the next page is not ours');
        const request = gatewayRequest(credentials, METHOD, listParams(window, status, at.page), nowMs);
        const { records, total } = readPage(answerOfRead(await ctx.send(request), METHOD));
        const seen = at.seen + records.length;
        const hasMore = records.length > 0 && seen < total;
        const declared = hasMore ? at.declared : at.declared + total;
        const isLast = !hasMore && at.status + 1 === pollStatuses.length;
        if (isLast) return { envelopes: records.map(polledEnvelope), total: declared, next: null };
        at = hasMore ? { ...at, page: at.page + 1, seen } : { status: at.status + 1, page: 1, seen: 0, declared };
        if (records.length > 0) return { envelopes: records.map(polledEnvelope), total: null, next: tokenOf(at) };
      }
    },
  };
}
