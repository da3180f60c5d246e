import { z } from 'zod';
import type { PolicyBody } from '../../../domain/settings/file-schema.js';
import { readBrakes, releaseBrake } from '../../../domain/store/brake-store.js';
import { newestVersions, policyVersions, readShadows } from '../../../domain/store/policy-store.js';
import { applyEdit } from '../../../domain/store/settings-edit-store.js';
import { seesShop } from '../../auth/caller.js';
import { presentPolicy, presentVersions } from '../../presenters/policy.js';
import { onlyAllShops } from '../all-shops.js';
import { answerOf } from '../config/change-routes.js';
import { type Answer, type Input, ok, problem, route } from '../route.js';
import { CONFIG_CHANGES } from '../schemas/config.js';
import { POLICY, POLICY_VERSION } from '../schemas/policy.js';

const list = route({
  method: 'get',
  path: '/policies',
  scope: 'config:read',
  summary: 'Policies as sentences, with their shops, brakes and drafts in the shadow',
  answers: {
    200: { description: 'those that the caller’s shops go by', schema: z.object({ items: z.array(POLICY) }) },
  },
  async handle({ deps, caller }) {
    const { shops, policies } = deps.settings();
    const brakes = await readBrakes(deps.db);
    const shadows = await readShadows(deps.db);
    const newest = await newestVersions(deps.db);
    const items = [...policies.values()].flatMap((policy) => {
      const users = [...shops.values()].filter((shop) => shop.policyId === policy.id && seesShop(caller, shop.id));
      if (caller.shops !== null && users.length === 0) return [];
      return presentPolicy({
        policy,
        shops: users.map((shop) => shop.id),
        changed: newest.find(({ id }) => id === policy.id) ?? null,
        brake: brakes.find(({ policyId }) => policyId === policy.id) ?? null,
        shadow: shadows.find(({ policyId }) => policyId === policy.id) ?? null,
        withPeople: caller.shops === null,
      });
    });
    return ok({ items });
  },
});

const versions = route({
  method: 'get',
  path: '/policies/:id/versions',
  scope: 'config:read',
  summary: 'Every version of a policy with its author and what it changed, newest first',
  answers: { 200: { description: 'up to a hundred', schema: z.object({ items: z.array(POLICY_VERSION) }) } },
  problems: ['not_found', 'all_shops_needed'],
  handle: ({ deps, caller, params }) =>
    onlyAllShops(caller, async () => {
      const items = await policyVersions(deps.db, params.id ?? '');
      return items.length === 0 ? problem('not_found') : ok({ items: presentVersions(items) });
    }),
});

/** Writes a policy as a new version, as `jiejian apply` would: same checks, one transaction, audited. */
export async function publish(
  { deps, caller }: Pick<Input<unknown, unknown>, 'deps' | 'caller'>,
  policy: PolicyBody,
  version: number,
  reason: string,
): Promise<Answer> {
  const edit = { version, file: { policies: [policy] }, disable: [] };
  const by = { actor: caller.actor, reason, now: deps.now() };
  const outcome = await applyEdit(deps.db, deps.setup.secrets, edit, deps.setup.checks, by);
  if (outcome.kind === 'ok' && outcome.changes.length > 0) deps.wake();
  return answerOf(outcome);
}

const REASON = z.string().trim().min(1).max(400);
/** The version of the configuration that was looked at; another by now is 409. */
export const LOOKED_AT = z.int().min(0).meta({ description: 'the configuration’s version that was looked at' });

const rollBack = route({
  method: 'post',
  path: '/policies/:id/rollback',
  scope: 'config:write',
  summary: 'Make an earlier version of a policy the newest again; nothing is deleted',
  body: z.strictObject({ version: LOOKED_AT, to: z.int().min(1), reason: REASON }),
  answers: {
    200: { description: 'what was changed, and the new version of the configuration', schema: CONFIG_CHANGES },
  },
  problems: ['not_found', 'config_moved', 'all_shops_needed'],
  handle: (input) =>
    onlyAllShops(input.caller, async () => {
      const { deps, params, body } = input;
      const old = (await policyVersions(deps.db, params.id ?? '')).find((row) => row.version === body.to);
      if (!old) return problem('not_found');
      return publish(input, old.body, body.version, `version ${body.to}: ${body.reason}`);
    }),
});

const release = route({
  method: 'post',
  path: '/policies/:id/brake/release',
  scope: 'config:write',
  summary: 'Let a policy that stopped itself go on; its brake stays off for a day',
  body: z.strictObject({ reason: REASON }),
  answers: { 200: { description: 'false: it was not on', schema: z.object({ released: z.boolean() }) } },
  problems: ['not_found', 'all_shops_needed'],
  handle: ({ deps, caller, params, body }) =>
    onlyAllShops(caller, async () => {
      const id = params.id ?? '';
      if (!deps.settings().policies.has(id)) return problem('not_found');
      const by = { actor: caller.actor, reason: body.reason, now: deps.now() };
      const released = await releaseBrake(deps.db, id, by);
      if (released) deps.wake();
      return ok({ released });
    }),
});

export const policyRoutes = [list, versions, rollBack, release];
