import { createHash } from 'node:crypto';
import { formatChinaTime } from '../../../domain/china-time.js';
import type { PlatformPoll, PollPage, PollWindow } from '../../../domain/platform/poll.js';
import { type EventEnvelope, UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, isFields } from '../fields.js';
import { answerList, answerOfRead } from './answers.js';
import type { TaobaoCredentials } from './credentials.js';
import { recordPayload } from './events.js';
import { LIST_FIELDS } from './record.js';
import { gatewayRequest } from './top.js';

const METHOD = 'taobao.refunds.receive.get';
const PAGE_SIZE = 100;

/** The back-stop of the socket. */
const EVERY_MS = 60_000;
/** No limit of the window is documented. */
const WINDOW_MS = 3_600_000;
const OVERLAP_MS = 120_000;

const SECOND_MS = 1_000;

function wordOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value);
  return typeof value === 'string' && /^[\x20-\x7e]{1,40}$/.test(value) ? value.replaceAll(' ', '_') : undefined;
}

/** The refund and its version, else its last change; a record without them is known by its text. */
function envelopeOf(record: unknown): EventEnvelope {
  const payload = recordPayload(record);
  const id = isFields(record) ? wordOf(record.refund_id) : undefined;
  const version = isFields(record) ? (wordOf(record.refund_version) ?? wordOf(record.modified)) : undefined;
  const isKnown = id !== undefined && version !== undefined;
  return { eventId: isKnown ? `${id}:${version}` : createHash('sha256').update(payload).digest('hex'), payload };
}

/** Both ends in whole seconds, outwards: whether the platform counts the ends in is not documented. */
function span({ fromMs, toMs }: PollWindow): { start_modified: string; end_modified: string } {
  return {
    start_modified: formatChinaTime(new Date(Math.floor(fromMs / SECOND_MS) * SECOND_MS)),
    end_modified: formatChinaTime(new Date(Math.ceil(toMs / SECOND_MS) * SECOND_MS)),
  };
}

/** Where a window goes on: the next page, and how many records were seen before it. */
interface Place {
  readonly pageNo: number;
  readonly seen: number;
}

function placeOf(token: string | null): Place {
  const [pageNo = '1', seen = '0'] = (token ?? '').split(':').filter(Boolean);
  return { pageNo: Number(pageNo), seen: Number(seen) };
}

/** Refunds by their last change, page by page with a declared total (`use_has_next` would give none, R77). */
export function taobaoPoll(credentials: TaobaoCredentials): PlatformPoll {
  return {
    everyMs: EVERY_MS,
    windowMs: WINDOW_MS,
    overlapMs: OVERLAP_MS,
    page: async (window, token, ctx, nowMs): Promise<PollPage> => {
      const { pageNo, seen } = placeOf(token);
      const params = {
        fields: LIST_FIELDS.join(','),
        ...span(window),
        page_no: String(pageNo),
        page_size: String(PAGE_SIZE),
        use_has_next: 'false',
      };
      const response = await ctx.send(gatewayRequest(credentials, { method: METHOD, params }, 'read', nowMs));
      const answer = answerOfRead(response, METHOD);
      const total = codeAt(answer, 'total_results');
      if (total === undefined) throw new UnreadableEvent('total_results is missing');
      const records = answerList(answer, 'refunds', 'refund');
      const sofar = seen + records.length;
      // A platform that gives nothing where more is declared has come to its end: the count tells.
      const next = records.length > 0 && sofar < Number(total) ? `${pageNo + 1}:${sofar}` : null;
      return { envelopes: records.map(envelopeOf), total: Number(total), next };
    },
  };
}
