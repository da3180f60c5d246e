import { showPath } from '../../../domain/settings/problem.js';
import {
  applyEdit,
  type EditOutcome,
  previewEdit,
  type SettingsEdit,
} from '../../../domain/store/settings-edit-store.js';
import { presentChanges, presentStep } from '../../presenters/config.js';
import { onlyAllShops } from '../all-shops.js';
import { type Answer, ok, problem, route } from '../route.js';
import { CONFIG_CHANGES, CONFIG_EDIT } from '../schemas/config.js';

/** An edit’s outcome as the API says it. */
export function answerOf(outcome: EditOutcome): Answer {
  switch (outcome.kind) {
    case 'ok':
      return ok({ version: outcome.version, changes: presentChanges(outcome.changes) });
    case 'version_moved':
      return problem('config_moved', {
        version: outcome.version,
        meanwhile: outcome.meanwhile.map(presentStep),
      });
    case 'refused':
      return {
        problem: 'invalid_fields',
        errors: outcome.problems.map(({ path, why }) => ({
          in: 'body',
          field: path[0] === 'disable' ? showPath(path) : showPath(['file', ...path]),
          code: 'config',
          text: why,
        })),
      };
  }
}

const editOf = ({ version, file, disable }: SettingsEdit): SettingsEdit => ({ version, file, disable });

const DESCRIBED = { scope: 'config:write', body: CONFIG_EDIT, problems: ['config_moved', 'all_shops_needed'] } as const;

export const configChangeRoutes = [
  route({
    ...DESCRIBED,
    method: 'post',
    path: '/config/preview',
    summary: 'What a change of the configuration would do; writes nothing',
    answers: { 200: { description: 'the difference', schema: CONFIG_CHANGES } },
    handle: ({ deps, caller, body }) =>
      onlyAllShops(caller, async () =>
        answerOf(await previewEdit(deps.db, deps.setup.secrets, editOf(body), deps.setup.checks, deps.now())),
      ),
  }),
  route({
    ...DESCRIBED,
    method: 'post',
    path: '/config/changes',
    summary: 'Change the configuration as `jiejian apply` does: one transaction, audited, followed within 2 s',
    answers: { 200: { description: 'what was changed, and the new version', schema: CONFIG_CHANGES } },
    handle: ({ deps, caller, body }) =>
      onlyAllShops(caller, async () => {
        const by = { actor: caller.actor, reason: body.reason || null, now: deps.now() };
        const outcome = await applyEdit(deps.db, deps.setup.secrets, editOf(body), deps.setup.checks, by);
        if (outcome.kind === 'ok' && outcome.changes.length > 0) deps.wake();
        return answerOf(outcome);
      }),
  }),
];
