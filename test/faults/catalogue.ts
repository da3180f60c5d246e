import { COURIER } from './catalogue/courier.js';
import type { Fault } from './catalogue/fault.js';
import { MYSQL } from './catalogue/mysql.js';
import { PEOPLE } from './catalogue/people.js';
import { PROCESSES } from './catalogue/processes.js';
import { REDIS } from './catalogue/redis.js';

/** All faults by number: what is done, what must come of it, and the test that shows it. Read by docs/reliability.md. */
export const CATALOGUE = { ...PROCESSES, ...REDIS, ...MYSQL, ...COURIER, ...PEOPLE } as const satisfies Record<
  string,
  Fault
>;

export type FaultId = keyof typeof CATALOGUE;
