import type { PlatformPoll, PollPage, PollWindow } from '../../../domain/platform/poll.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, listAt, textAt } from '../fields.js';
import { dataOfAnswer } from './answers.js';
import type { KuaishouCredentials } from './manifest.js';
import { polledEnvelope } from './polled.js';
import { apiRequest } from './requests.js';

const METHOD = 'open.seller.order.refund.pcursor.list';
const PAGE_SIZE = 100;
/** `type` 9: all refunds; `queryType` 2: by the time of the last change; `sort` 2: the oldest first. */
const ALL_BY_CHANGE = { type: 9, queryType: 2, sort: 2 } as const;
const LAST_PAGE = 'nomore';

function listParam({ fromMs, toMs }: PollWindow, cursor: string): string {
  return JSON.stringify({
    beginTime: fromMs,
    endTime: toMs,
    ...ALL_BY_CHANGE,
    pageSize: PAGE_SIZE,
    currentPage: 1,
    pcursor: cursor,
  });
}

/** The cursor of the next page; null after the last. One that is missing or stands still would lose or repeat records. */
function nextCursor(data: Fields, records: number, token: string | null): string | null {
  const cursor = textAt(data, 'pcursor');
  if (cursor === LAST_PAGE || (cursor === undefined && records === 0)) return null;
  if (cursor === undefined || cursor === token) throw new UnreadableEvent('pcursor is missing or does not move');
  return cursor;
}

/** Reads one page of open.seller.order.refund.pcursor.list. Throws UnreadableEvent where it is no page. */
function readPage(data: Fields, token: string | null): PollPage {
  const records = listAt(data.refundOrderInfoList, 'refundOrderInfoList');
  const next = nextCursor(data, records.length, token);
  // The document says that the numbers of pages hold for the first answer only.
  const total = token === null ? codeAt(data, 'totalSize') : undefined;
  return { envelopes: records.map(polledEnvelope), total: total === undefined ? null : Number(total), next };
}

/** The list of changed refunds: the platform loses messages and advises this back-stop. */
export function pollOf(credentials: KuaishouCredentials): PlatformPoll {
  return {
    everyMs: 300_000,
    /** 与开始时间的时间范围不大于1天. */
    windowMs: 86_400_000,
    overlapMs: 300_000,
    page: async (window, token, ctx, nowMs) => {
      const response = await ctx.send(apiRequest(credentials, METHOD, listParam(window, token ?? ''), nowMs));
      return readPage(dataOfAnswer(response, credentials), token);
    },
  };
}
