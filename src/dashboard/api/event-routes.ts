import { z } from 'zod';
import { appendAudit } from '../../domain/store/audit-store.js';
import { INBOX_STATUSES, type InboxView, listEvents, replayEvent } from '../../domain/store/inbox-reader.js';
import { platformSource } from '../../domain/store/inbox-store.js';
import type { Caller } from '../auth/caller.js';
import { maskPhones, time } from '../presenters/words.js';
import { NUMBER_PAGING, numberPageOf, pageAnswer, pageSchema } from './paging.js';
import { type ApiDeps, ok, problem, route } from './route.js';
import { EVENT, type EventAnswer } from './schemas/event.js';

const FILTER = z.strictObject({ status: z.enum(INBOX_STATUSES).optional(), ...NUMBER_PAGING });

/** Who is limited to shops sees the messages of their platforms; a courier's pushes are about everybody's parcels. */
function sourcesOf(deps: ApiDeps, { shops }: Caller): readonly string[] | null {
  if (shops === null) return null;
  const seen = [...deps.settings().shops.values()].filter((shop) => shops.includes(shop.id));
  return seen.map((shop) => platformSource(shop.platform, shop.id));
}

function presentEvent({ id, source, eventId, status, reason, tries, receivedAt }: InboxView): EventAnswer {
  const why = reason === null ? null : maskPhones(reason);
  return { id: String(id), source, eventId, status, reason: why, tries, receivedAt: time(receivedAt) };
}

export const eventRoutes = [
  route({
    method: 'get',
    path: '/events',
    scope: 'intercepts:read',
    summary: 'The inbox, newest first: what came in, and dead letters with their reason (I17)',
    query: FILTER,
    answers: { 200: { description: 'one page', schema: pageSchema(EVENT) } },
    async handle({ deps, caller, query }) {
      const filter = { sources: sourcesOf(deps, caller), status: query.status };
      return ok(pageAnswer(await listEvents(deps.db, filter, numberPageOf(query)), query, presentEvent));
    },
  }),
  route({
    method: 'post',
    path: '/events/:id/replay',
    scope: 'intercepts:write',
    summary: 'Read a dead letter anew, for example after its shop was configured',
    answers: { 202: { description: 'taken in: the message as it is now', schema: EVENT } },
    problems: ['not_found', 'event_not_dead'],
    async handle({ deps, caller, params }) {
      const id = /^[1-9]\d{0,14}$/.test(params.id ?? '') ? Number(params.id) : null;
      if (id === null) return problem('not_found');
      const sources = sourcesOf(deps, caller);
      const find = async () => (await listEvents(deps.db, { sources, id }, { limit: 1, beforeId: null }))[0];
      if (!(await find())) return problem('not_found');
      const replayed = await deps.db.transaction(async (tx) => {
        if (!(await replayEvent(tx, id, deps.now()))) return false;
        const entry = {
          at: deps.now(),
          actor: caller.actor,
          action: 'event_replayed',
          subject: String(id),
          detail: {},
        };
        await appendAudit(tx, entry);
        return true;
      });
      if (!replayed) return problem('event_not_dead');
      deps.wake();
      const event = await find();
      return event ? { status: 202, body: presentEvent(event) } : problem('not_found');
    },
  }),
];
