import { readConfig } from '../../../domain/store/config-reader.js';
import { time } from '../../presenters/words.js';
import { ok, route } from '../route.js';
import { CONFIG, type ConfigAnswer } from '../schemas/config.js';
import { FORMS } from '../schemas/form.js';
import { formsOf } from './forms.js';
import { visibleConfig } from './visible.js';

export const configRoutes = [
  route({
    method: 'get',
    path: '/config',
    scope: 'config:read',
    summary: 'The configuration as it is stored, without its secrets: shops, accounts, policies, tariffs, targets',
    answers: { 200: { description: 'the part of it that the caller may see', schema: CONFIG } },
    async handle({ deps, caller }) {
      const { last, ...config } = visibleConfig(await readConfig(deps.db, deps.setup.secrets), caller.shops);
      const changedAt = last && time(last.at);
      return ok({ ...config, changedAt, changedBy: last?.actor ?? null } satisfies Record<keyof ConfigAnswer, unknown>);
    },
  }),
  route({
    method: 'get',
    path: '/config/forms',
    scope: 'config:read',
    summary: 'The fields of every section and of every platform’s and courier’s credentials, with what each can do',
    answers: { 200: { description: 'the forms', schema: FORMS } },
    handle: async ({ deps }) => ok(formsOf(deps.setup)),
  }),
];
