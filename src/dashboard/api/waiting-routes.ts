import { z } from 'zod';
import { readDigest } from '../../domain/store/digest-reader.js';
import { finishTasks } from '../../domain/store/task-done-store.js';
import { type AfterDue, countWaiting, listWaiting } from '../../domain/store/waiting-reader.js';
import { presentCounts, presentDigest, presentWaiting } from '../presenters/waiting.js';
import { timeOrNull } from '../presenters/words.js';
import { PAGING } from './paging.js';
import { ok, route } from './route.js';
import { absentable, because, CODE, MOMENT, OWN_ID } from './schemas/fields.js';
import { DIGEST, TASKS_DONE, WAITING_PAGE } from './schemas/waiting.js';

const SHIFT_MS = 12 * 3_600_000;
/** One call marks no more than a few screens of tasks. */
const MOST_TASKS = 500;
const CURSOR = /^(\d{12,14})\.([0-9a-z]{26})$/;

const cursorOf = ({ dueAt, id }: AfterDue) => Buffer.from(`${dueAt.getTime()}.${id}`, 'latin1').toString('base64url');

function afterOf(cursor: string): AfterDue | null {
  const [, ms, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  return ms === undefined || id === undefined ? null : { dueAt: new Date(Number(ms)), id };
}

const NO_CURSOR = { zh: '不是本接口返回的 nextCursor', en: 'is not a nextCursor of this API' };

const FILTER = z.strictObject({
  kind: CODE.optional().meta({ description: 'a kind of task, `review` or `unknown`' }),
  shopId: OWN_ID.optional(),
  owner: z.string().max(191).optional().meta({ description: 'who it is for; `-`: nobody in particular' }),
  limit: PAGING.limit,
  cursor: z
    .string()
    .max(96)
    .refine((cursor) => afterOf(cursor) !== null, because(NO_CURSOR))
    .optional()
    .meta({ description: 'nextCursor of the page before' }),
});

const waiting = route({
  method: 'get',
  path: '/waiting',
  scope: 'intercepts:read',
  summary: 'All that waits for a person or whose truth is unknown, tasks and rows without one, nearest due time first',
  query: FILTER,
  answers: { 200: { description: 'one page, and how much there is in all', schema: WAITING_PAGE } },
  async handle({ deps, caller, query }) {
    const { kind, shopId, owner, limit, cursor } = query;
    const filter = { shops: caller.shops, kind, shopId, owner: owner === '-' ? '' : owner };
    const after = cursor === undefined ? null : afterOf(cursor);
    const rows = await listWaiting(deps.db, filter, { limit: limit + 1, after });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return ok({
      items: shown.map(presentWaiting),
      nextCursor: rows.length > limit && last ? cursorOf(last) : null,
      ...presentCounts(await countWaiting(deps.db, filter, deps.now())),
    });
  },
});

const digest = route({
  method: 'get',
  path: '/tasks/digest',
  scope: 'intercepts:read',
  summary: 'Shift hand-over: what came in, what was done, what is open, with a text to pass on',
  query: z.strictObject({ since: MOMENT.optional().meta({ description: 'default: twelve hours ago' }) }),
  answers: { 200: { description: 'the shift until now', schema: DIGEST } },
  async handle({ deps, caller, query }) {
    const until = deps.now();
    const since = query.since ?? new Date(until.getTime() - SHIFT_MS);
    return ok(presentDigest(await readDigest(deps.db, { since, until }, { shops: caller.shops, whose: null })));
  },
});

const DONE = z.strictObject({
  ids: z
    .array(z.string().regex(/^[0-9a-z]{26}$/))
    .min(1)
    .max(MOST_TASKS),
  note: absentable(z.string().trim().max(2_000)),
});

const done = route({
  method: 'post',
  path: '/tasks/done',
  scope: 'tasks:write',
  summary: 'Mark many tasks as done; what somebody else has done says who and when',
  body: DONE,
  answers: { 200: { description: 'what became of each', schema: TASKS_DONE } },
  async handle({ deps, caller, body }) {
    const ids = [...new Set(body.ids)];
    const order = { ids, actor: caller.actor, note: body.note ?? null, shops: caller.shops };
    const outcomes = await finishTasks(deps.db, order, deps.now());
    const items = outcomes.map(({ at, ...outcome }) => ({ ...outcome, at: timeOrNull(at) }));
    return ok({ done: items.filter(({ result }) => result === 'done').length, items });
  },
});

export const waitingRoutes = [waiting, digest, done];
