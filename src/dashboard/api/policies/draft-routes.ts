import { z } from 'zod';
import { checkDraft } from '../../../domain/settings/draft-policy.js';
import type { PolicyBody } from '../../../domain/settings/file-schema.js';
import { policySettings } from '../../../domain/settings/policy-settings.js';
import { type Problem, showPath } from '../../../domain/settings/problem.js';
import type { DecisionFilter } from '../../../domain/store/decision-reader.js';
import { backtestPolicy } from '../../../domain/store/policy-backtest.js';
import { endShadow, readShadows, startShadow } from '../../../domain/store/policy-store.js';
import { presentBacktest, presentShadow } from '../../presenters/policy.js';
import { onlyAllShops } from '../all-shops.js';
import { type Answer, type ApiDeps, ok, problem, route } from '../route.js';
import { CONFIG_CHANGES } from '../schemas/config.js';
import { OWN_ID } from '../schemas/fields.js';
import { BACKTEST, type BacktestAnswer, DRAFT, SHADOW_ANSWER } from '../schemas/policy.js';
import { LOOKED_AT, publish } from './policy-routes.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 90;

const refused = (problems: readonly Problem[]): Answer => ({
  problem: 'invalid_fields',
  errors: problems.map(({ path, why }) => ({
    in: 'body',
    field: showPath(['policy', ...path]),
    code: 'config',
    text: why,
  })),
});

/** Both policies over the decisions of a period; null: there is no such policy to compare with. */
async function compare(
  { db, settings }: ApiDeps,
  body: PolicyBody,
  period: Omit<DecisionFilter, 'policyId'>,
): Promise<BacktestAnswer | null> {
  const { policies, tariffs } = settings();
  const today = policies.get(body.id);
  if (!today) return null;
  const draft = policySettings(body, today.version + 1);
  return presentBacktest(today, draft, await backtestPolicy(db, { today, draft, tariffs }, period));
}

const backtest = route({
  method: 'post',
  path: '/policies/backtest',
  scope: 'config:read',
  summary: 'What a draft would have done over stored decisions, beside today’s policy of its id; changes nothing',
  body: z.strictObject({ policy: DRAFT, days: z.int().min(1).max(MOST_DAYS).default(30), shopId: OWN_ID.optional() }),
  perSecond: 2,
  answers: { 200: { description: 'sent, saved, lost and fees of both', schema: BACKTEST } },
  problems: ['not_found', 'too_many_requests'],
  async handle({ deps, caller, body }) {
    const draft = checkDraft(body.policy);
    if (!draft.ok) return refused(draft.problems);
    const { shops } = deps.settings();
    // Whose shops go by another policy has no business with this one, and is told that it does not exist.
    const own = caller.shops ?? [...shops.keys()];
    const users = own.filter((id) => shops.get(id)?.policyId === draft.policy.id);
    if (caller.shops !== null && users.length === 0) return problem('not_found');
    const seen = body.shopId === undefined ? caller.shops : own.filter((id) => id === body.shopId);
    const until = deps.now();
    const since = new Date(until.getTime() - body.days * DAY_MS);
    const answer = await compare(deps, draft.policy, { since, until, shops: seen });
    return answer ? ok(answer) : problem('not_found');
  },
});

/** The draft in the shadow of this policy, compared since it is there. */
async function shadowOf(deps: ApiDeps, id: string): Promise<Answer> {
  const shadow = (await readShadows(deps.db)).find(({ policyId }) => policyId === id);
  if (!shadow) return problem('not_found');
  const comparison = await compare(deps, shadow.body, { since: shadow.since, until: deps.now(), shops: null });
  return comparison ? ok(presentShadow(shadow, comparison)) : problem('not_found');
}

const SHADOWED = { 200: { description: 'the draft, and what both did since', schema: SHADOW_ANSWER } };

const read = route({
  method: 'get',
  path: '/policies/:id/shadow',
  scope: 'config:read',
  summary: 'The draft that runs beside a policy, and what it would have done since then',
  answers: SHADOWED,
  problems: ['not_found', 'all_shops_needed'],
  handle: ({ deps, caller, params }) => onlyAllShops(caller, () => shadowOf(deps, params.id ?? '')),
});

const start = route({
  method: 'put',
  path: '/policies/:id/shadow',
  scope: 'config:write',
  summary: 'Let a draft run beside a policy: it is compared with every decision from now on and does nothing',
  body: z.strictObject({ policy: DRAFT }),
  answers: SHADOWED,
  problems: ['not_found', 'all_shops_needed'],
  handle: ({ deps, caller, params, body }) =>
    onlyAllShops(caller, async () => {
      const id = params.id ?? '';
      if (!deps.settings().policies.has(id)) return problem('not_found');
      const draft = checkDraft({ ...body.policy, id });
      if (!draft.ok) return refused(draft.problems);
      await startShadow(deps.db, draft.policy, { actor: caller.actor, now: deps.now() });
      return shadowOf(deps, id);
    }),
});

const end = route({
  method: 'post',
  path: '/policies/:id/shadow/end',
  scope: 'config:write',
  summary: 'Take a draft out of the shadow; today’s policy stays as it is',
  body: z.strictObject({ reason: z.string().trim().max(400).nullish() }),
  answers: { 200: { description: 'false: there was none', schema: z.object({ ended: z.boolean() }) } },
  problems: ['all_shops_needed'],
  handle: ({ deps, caller, params, body }) =>
    onlyAllShops(caller, async () => {
      const by = { actor: caller.actor, reason: body.reason ?? null, now: deps.now() };
      return ok({ ended: await endShadow(deps.db, params.id ?? '', by) });
    }),
});

const publishDraft = route({
  method: 'post',
  path: '/policies/:id/shadow/publish',
  scope: 'config:write',
  summary: 'Make the draft in the shadow the policy’s newest version',
  body: z.strictObject({ version: LOOKED_AT, reason: z.string().trim().min(1).max(400) }),
  answers: {
    200: { description: 'what was changed, and the new version of the configuration', schema: CONFIG_CHANGES },
  },
  problems: ['not_found', 'config_moved', 'all_shops_needed'],
  handle: (input) =>
    onlyAllShops(input.caller, async () => {
      const { deps, caller, params, body } = input;
      const id = params.id ?? '';
      const shadow = (await readShadows(deps.db)).find(({ policyId }) => policyId === id);
      if (!shadow) return problem('not_found');
      const answer = await publish(input, shadow.body, body.version, body.reason);
      if ('status' in answer)
        await endShadow(deps.db, id, { actor: caller.actor, reason: body.reason, now: deps.now() });
      return answer;
    }),
});

export const draftRoutes = [backtest, read, start, end, publishDraft];
