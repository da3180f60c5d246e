import type { CallContext } from '../../../domain/carrier/port.js';
import type { PlatformPoll, PollWindow } from '../../../domain/platform/poll.js';
import { type EventEnvelope, UnreadableEvent } from '../../../domain/platform/port.js';
import { type Fields, textAt } from '../fields.js';
import { readAfterSaleOrder } from './after-sale-order.js';
import { answerOf } from './answers.js';
import type { WechatCredentials } from './manifest.js';
import { brokenEnvelope, polledEnvelope } from './polled.js';
import { apiRequest } from './requests.js';

const HOUR_MS = 3_600_000;

function listParameters({ fromMs, toMs }: PollWindow, nextKey: string | null) {
  const window = { begin_update_time: Math.floor(fromMs / 1000), end_update_time: Math.ceil(toMs / 1000) };
  return nextKey === null ? window : { ...window, next_key: nextKey };
}

function idsOf(answer: Fields): readonly unknown[] {
  const ids = answer.after_sale_order_id_list;
  // A window without records may leave the list out, but then it says that there is no more.
  if ((ids === undefined || ids === null) && answer.has_more === false) return [];
  if (!Array.isArray(ids)) throw new UnreadableEvent('after_sale_order_id_list is not a list');
  return ids;
}

/** What the next page is asked with; a key that is missing or stands still would lose or repeat records. */
function nextOf(answer: Fields, token: string | null): string | null {
  if (typeof answer.has_more !== 'boolean') throw new UnreadableEvent('has_more is missing');
  if (!answer.has_more) return null;
  const key = textAt(answer, 'next_key');
  if (key === undefined || key === token) throw new UnreadableEvent('next_key is missing or does not move');
  return key;
}

/** The list gives ids only: each is read, so that the record has a version and one that was seen before is known. */
async function envelopeOf(
  credentials: WechatCredentials,
  id: unknown,
  ctx: CallContext,
  nowMs: number,
): Promise<EventEnvelope> {
  const afterSaleId = typeof id === 'number' ? String(id) : id;
  if (typeof afterSaleId !== 'string' || !/^\d{1,20}$/.test(afterSaleId))
    return brokenEnvelope(id, 'an id of the list is no number');
  try {
    return polledEnvelope((await readAfterSaleOrder(credentials, afterSaleId, ctx, nowMs)).kept);
  } catch (error) {
    if (error instanceof UnreadableEvent) return brokenEnvelope(id, error.message);
    throw error;
  }
}

/** The list of changed after-sales: the platform gives up a push after three sends. */
export function pollOf(credentials: WechatCredentials): PlatformPoll {
  return {
    everyMs: 300_000,
    /** 不得大于24小时; the window's ends are rounded to seconds, so it stays below. */
    windowMs: 23 * HOUR_MS,
    overlapMs: 300_000,
    page: async (window, token, ctx, nowMs) => {
      const { accessToken } = credentials;
      const request = apiRequest(accessToken, '/channels/ec/aftersale/getaftersalelist', listParameters(window, token));
      const answer = answerOf(await ctx.send(request), credentials);
      const [ids, next] = [idsOf(answer), nextOf(answer, token)];
      const envelopes: EventEnvelope[] = [];
      for (const id of ids) envelopes.push(await envelopeOf(credentials, id, ctx, nowMs));
      return { envelopes, total: null, next };
    },
  };
}
