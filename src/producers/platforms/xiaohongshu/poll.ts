import type { PlatformPoll, PollPage, PollWindow } from '../../../domain/platform/poll.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, listAt } from '../fields.js';
import { dataOfAnswer } from './answers.js';
import type { XiaohongshuCredentials } from './manifest.js';
import { polledEnvelope } from './polled.js';
import { apiRequest } from './requests.js';

const METHOD = 'afterSale.listAfterSaleInfos';
const PAGE_SIZE = 100;
/** `timeType` 2: by the time of the last change. */
const BY_CHANGE = 2;

/** Both ends are included here, while a window ends before its end. */
function listParameters({ fromMs, toMs }: PollWindow, pageNo: number) {
  return { pageNo, pageSize: PAGE_SIZE, timeType: BY_CHANGE, startTime: fromMs, endTime: toMs - 1 };
}

/** How far the pages have come: the number of the page, and the records of the pages before it. */
interface Place {
  readonly pageNo: number;
  readonly seen: number;
}

const FIRST: Place = { pageNo: 1, seen: 0 };

function placeOf(token: string | null): Place {
  const [pageNo, seen] = (token ?? '').split('+').map(Number);
  return pageNo === undefined || seen === undefined ? FIRST : { pageNo, seen };
}

/**
 * Reads one page. The platform gives no cursor: pages go on until as many records were seen as it declares, so that one
 * that is shorter than asked for is not taken for the last. Throws UnreadableEvent where it is no page.
 */
function readPage(data: Fields, { pageNo, seen }: Place): PollPage {
  if (data.afterSaleBasicInfos === undefined) throw new UnreadableEvent('afterSaleBasicInfos is missing');
  const records = listAt(data.afterSaleBasicInfos, 'afterSaleBasicInfos');
  const declared = codeAt(data, 'totalCount');
  if (declared === undefined) throw new UnreadableEvent('totalCount is missing');
  const total = Number(declared);
  const now = seen + records.length;
  const next = records.length > 0 && now < total ? `${pageNo + 1}+${now}` : null;
  return { envelopes: records.map(polledEnvelope), total, next };
}

/** The list of changed after-sales: pushes are lost while a token is expired, and hold nothing that can be believed. */
export function pollOf(credentials: XiaohongshuCredentials): PlatformPoll {
  return {
    /** 单个商家数据建议接口轮询频率不小于5分钟. */
    everyMs: 300_000,
    /** 更新时间，范围不大于30分钟. */
    windowMs: 1_800_000,
    overlapMs: 300_000,
    page: async (window, token, ctx, nowMs) => {
      const place = placeOf(token);
      const response = await ctx.send(apiRequest(credentials, METHOD, listParameters(window, place.pageNo), nowMs));
      return readPage(dataOfAnswer(response, credentials), place);
    },
  };
}
