import type { z } from 'zod';
import {
  carryOutMany,
  lastStepsOf,
  MOST_ROWS,
  type RowOutcome,
  rehearse,
  rowsMeant,
} from '../../domain/store/bulk-step-store.js';
import { presentBulk } from '../presenters/bulk-step.js';
import { IDEMPOTENCY_HEADERS, onceForKey } from './idempotency.js';
import { type Answer, type Input, ok, problem, route } from './route.js';
import { BULK_ANSWER } from './schemas/bulk-answer.js';
import { BULK_ORDER, BULK_PREVIEW_ORDER } from './schemas/bulk-step.js';
import { searchShops } from './search-shops.js';

/** What is not to be seen and what is not there look the same. */
const missing = (id: string): RowOutcome => ({ id, waybillNo: '', result: 'refused', why: 'not_found' });

const preview = route({
  method: 'post',
  path: '/bulk-steps/preview',
  scope: 'intercepts:write',
  summary: `What a step would do to every intercept of a filter, at most ${MOST_ROWS}; row by row, nothing is done`,
  body: BULK_PREVIEW_ORDER,
  answers: { 200: { description: 'in numbers and row by row', schema: BULK_ANSWER } },
  problems: ['too_many_rows'],
  async handle({ deps, caller, body: { step, outcome = null, filter } }) {
    const meant = { ...filter, shops: caller.shops, searchShops: searchShops(deps.settings(), caller) };
    const { total, rows } = await rowsMeant(deps.db, meant);
    if (total > MOST_ROWS) return problem('too_many_rows', { total });
    const order = { step, outcome, actor: caller.actor, note: '-', evidence: null };
    const outcomes = await rehearse(deps.db, deps.env(), order, rows, deps.now());
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    return ok(presentBulk(outcomes, versions, await lastStepsOf(deps.db, outcomes)));
  },
});

type Ordered = Input<unknown, z.output<typeof BULK_ORDER>>;

async function carryOut({ deps, caller, body }: Ordered): Promise<Answer> {
  const wanted = new Map(body.rows.map(({ id, version = null }) => [id, version]));
  const ids = [...wanted.keys()];
  const seen = await rowsMeant(deps.db, { ids, shops: caller.shops, searchShops: [] });
  const { step, outcome = null, note, evidence = null } = body;
  const order = { step, outcome, note, evidence, actor: caller.actor };
  const rows = seen.rows.map(({ id, waybillNo }) => ({ id, waybillNo, version: wanted.get(id) ?? null }));
  const done = await carryOutMany(deps.db, deps.env(), order, rows, deps.now());
  deps.wake();
  const known = new Set(rows.map(({ id }) => id));
  const outcomes = [...done, ...ids.filter((id) => !known.has(id)).map(missing)];
  return ok(presentBulk(outcomes, wanted, await lastStepsOf(deps.db, done)));
}

const carryOutRoute = route({
  method: 'post',
  path: '/bulk-steps',
  scope: 'intercepts:write',
  summary: `Take a step on at most ${MOST_ROWS} intercepts, each in a transaction of its own, and say what became of each`,
  body: BULK_ORDER,
  headers: IDEMPOTENCY_HEADERS,
  answers: { 200: { description: 'what became of each row', schema: BULK_ANSWER } },
  problems: ['too_many_rows', 'idempotency_key_reused'],
  async handle(input) {
    const total = new Set(input.body.rows.map(({ id }) => id)).size;
    if (total > MOST_ROWS) return problem('too_many_rows', { total });
    return onceForKey(input, input.body, () => carryOut(input));
  },
});

export const bulkStepRoutes = [preview, carryOutRoute];
