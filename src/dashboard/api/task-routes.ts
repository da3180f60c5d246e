import { z } from 'zod';
import { appendAudit } from '../../domain/store/audit-store.js';
import { finishTask, listTasks } from '../../domain/store/task-reader.js';
import { presentTask } from '../presenters/task.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { ok, problem, route } from './route.js';
import { TASK } from './schemas/task.js';

const FILTER = z.strictObject({
  ...PAGING,
  state: z.enum(['open', 'done', 'closed']).optional(),
  owner: z.string().max(191).optional().meta({ description: 'who it is for; `-`: nobody in particular' }),
});

export const taskRoutes = [
  route({
    method: 'get',
    path: '/tasks',
    scope: 'intercepts:read',
    summary: 'What waits for a person, newest first (R78)',
    query: FILTER,
    answers: { 200: { description: 'one page', schema: pageSchema(TASK) } },
    async handle({ deps, caller, query }) {
      const owner = query.owner === '-' ? '' : query.owner;
      const rows = await listTasks(deps.db, { shops: caller.shops, state: query.state, owner }, pageOf(query));
      return ok(pageAnswer(rows, query, presentTask));
    },
  }),
  route({
    method: 'post',
    path: '/tasks/:id/done',
    scope: 'tasks:write',
    summary: 'A person has done it; done twice is done once',
    answers: { 200: { description: 'the task as it is now', schema: TASK } },
    problems: ['not_found'],
    async handle({ deps, caller, params }) {
      const id = params.id ?? '';
      const find = async () => (await listTasks(deps.db, { shops: caller.shops, id }, { limit: 1, beforeId: null }))[0];
      if (!(await find())) return problem('not_found');
      await deps.db.transaction(async (tx) => {
        if (!(await finishTask(tx, id, deps.now()))) return;
        await appendAudit(tx, { at: deps.now(), actor: caller.actor, action: 'task_done', subject: id, detail: {} });
      });
      const task = await find();
      return task ? ok(presentTask(task)) : problem('not_found');
    },
  }),
];
