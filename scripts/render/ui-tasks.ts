import type { Text } from '../../src/domain/text.js';

/**
 * What people do all day and in how many actions at most (a click, or typing and Enter). test/browser/tasks-by-hand.test.ts
 * does each of them in a browser and counts.
 */
export const UI_TASKS = {
  timeline: {
    zh: '登录后，按运单号看到包裹的经过',
    en: 'after logging in, see what happened to a parcel by its waybill',
    most: 3,
  },
  replay: {
    zh: '从一次故障的失败列表，到重放正在进行',
    en: 'from the list of what an outage left behind to a replay that runs',
    most: 6,
  },
} as const satisfies Record<string, Text & { readonly most: number }>;
