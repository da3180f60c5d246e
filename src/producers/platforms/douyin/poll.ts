import type { PlatformPoll } from '../../../domain/platform/poll.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { type DouyinSettings, dataOfAnswer } from './answers.js';
import { listedEnvelope, listRequest, readPage } from './list.js';
import type { DouyinCredentials } from './manifest.js';

const TOKEN = /^(\d{1,6}):(\d{1,9})$/;

/** Where a window stands: the page to ask for, and how many records came before it. */
function position(token: string | null): { readonly page: number; readonly seen: number } {
  if (token === null) return { page: 0, seen: 0 };
  const parts = TOKEN.exec(token);
  if (!parts) throw new UnreadableEvent('the token of the next page is not ours');
  return { page: Number(parts[1]), seen: Number(parts[2]) };
}

/**
 * The back-stop of the pushes, whose retries are not documented. The end of a window is told by what came, never by what
 * was asked for: a platform that cuts pages shorter loses nothing. Without a total, an empty page is the last.
 */
export function douyinPoll(credentials: DouyinCredentials, settings: DouyinSettings): PlatformPoll {
  return {
    everyMs: 5 * 60_000,
    // Not documented; half an hour is what the other platforms take.
    windowMs: 30 * 60_000,
    overlapMs: 2 * 60_000,
    async page({ fromMs, toMs }, token, ctx, nowMs) {
      const { page, seen } = position(token);
      const query = { fromS: Math.floor(fromMs / 1000), toS: Math.ceil(toMs / 1000), page };
      const answer = readPage(dataOfAnswer(await ctx.send(listRequest(credentials, query, nowMs)), settings));
      const all = seen + answer.records.length;
      const more = answer.records.length > 0 && (answer.total === null || all < answer.total);
      const next = more ? `${page + 1}:${all}` : null;
      return { envelopes: answer.records.map(listedEnvelope), total: answer.total, next };
    },
  };
}
