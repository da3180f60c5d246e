import type { Text } from '../../domain/text.js';
import type { LaneAnswer } from '../api/schemas/lane.js';
import type { Component, OverviewAnswer } from '../api/schemas/overview.js';
import { timeOrNull } from './words.js';

type NotReady = OverviewAnswer['notReady'][number];

/** A message that is not read within this time waits for nobody, ms: the intake reads ten times a second. */
const UNREAD_AFTER_MS = 30_000;

/** `{}`: the lane. */
const TEXTS: Readonly<Record<Component, Text>> = {
  redis: {
    zh: 'Redis 无法连接，暂时不能向快递发送。记录都在数据库中，恢复后自动继续。',
    en: 'Redis cannot be reached: nothing is sent to couriers. All is kept in MySQL and goes on when it is back.',
  },
  intake: {
    zh: '平台消息没有被读取，新的售后不会处理。请检查 scheduler 角色是否在运行。',
    en: 'Messages of platforms are not being read, so new after-sales wait. Is the scheduler role running?',
  },
  worker: {
    zh: '通道 {} 没有 worker 在工作。请检查 worker 和 scheduler 角色是否在运行。',
    en: 'No worker serves lane {}. Are the worker and the scheduler role running?',
  },
};

const NO_WORKER_AT_ALL: Text = {
  zh: '没有任何 worker 在工作，不会向快递发送。请检查 worker 和 scheduler 角色是否在运行。',
  en: 'No worker is at work, so nothing is sent to couriers. Are the worker and the scheduler role running?',
};

function entry(component: Component, subject: string | null, since: Date | string | null): NotReady {
  const { zh, en } = component === 'worker' && subject === null ? NO_WORKER_AT_ALL : TEXTS[component];
  return {
    component,
    subject,
    since: since instanceof Date ? timeOrNull(since) : since,
    text: { zh: zh.replace('{}', subject ?? ''), en: en.replace('{}', subject ?? '') },
  };
}

/** What is wrong with the system as a whole, worst first; one cause is named once. */
export function presentNotReady(
  redisAnswers: boolean,
  unreadSince: Date | null,
  lanes: readonly Pick<LaneAnswer, 'id' | 'hasWorker' | 'canaryAt'>[],
  now: Date,
): NotReady[] {
  const found: NotReady[] = [];
  if (!redisAnswers) found.push(entry('redis', null, null));
  if (unreadSince && now.getTime() - unreadSince.getTime() > UNREAD_AFTER_MS) {
    found.push(entry('intake', null, unreadSince));
  }
  const without = redisAnswers ? lanes.filter((lane) => !lane.hasWorker) : [];
  if (without.length > 1 && without.length === lanes.length) return [...found, entry('worker', null, null)];
  return [...found, ...without.map(({ id, canaryAt }) => entry('worker', id, canaryAt))];
}
