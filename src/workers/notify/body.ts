import type { Sql } from '../../domain/store/database.js';
import type { Outgoing } from '../../domain/store/delivery-store.js';
import { type InterceptView, readIntercept } from '../../domain/store/intercept-reader.js';
import type { StepSnapshot } from '../../domain/store/outbox-store.js';
import { listTasks, type TaskView } from '../../domain/store/task-reader.js';

/** How the API shows things; given by the composition root, so that webhooks and API cannot drift apart. */
export interface Presenters {
  readonly intercept: (row: InterceptView) => object;
  readonly task: (row: TaskView) => object;
}

/** Our own JSON. */
const read = (text: string) => JSON.parse(text) as Record<string, unknown>;

async function interceptData(sql: Sql, message: Outgoing, show: Presenters): Promise<object | null> {
  const row = await readIntercept(sql, message.subjectId, null);
  if (!row) return null;
  const { updatedAt, ...step } = JSON.parse(message.payload) as StepSnapshot;
  return show.intercept({ ...row, ...step, updatedAt: new Date(updatedAt) });
}

async function taskData(sql: Sql, message: Outgoing, show: Presenters): Promise<object | null> {
  const [row] = await listTasks(sql, { shops: null, id: message.subjectId }, { limit: 1, beforeId: null });
  const { state } = JSON.parse(message.payload) as Pick<TaskView, 'state'>;
  return row ? show.task({ ...row, state }) : null;
}

const DATA: Readonly<Record<string, typeof interceptData>> = { intercept: interceptData, task: taskData };

/** The JSON of a message: `{type, timestamp, data}`, the intercept as it was after the step it tells of. */
export async function bodyOf(sql: Sql, message: Outgoing, show: Presenters): Promise<string> {
  const [family = ''] = message.topic.split('.');
  const data = (await DATA[family]?.(sql, message, show)) ?? read(message.payload);
  return JSON.stringify({ type: message.topic, timestamp: message.createdAt.toISOString(), data });
}
