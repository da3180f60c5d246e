import { COURIER } from './catalogue/courier.js';
import type { Fault } from './catalogue/fault.js';
import { MYSQL } from './catalogue/mysql.js';
import { NETWORK } from './catalogue/network.js';
import { PEOPLE } from './catalogue/people.js';
import { PROCESSES } from './catalogue/processes.js';
import { REDIS } from './catalogue/redis.js';
import { REFUNDS } from './catalogue/refunds.js';

/** All faults by number: what is done, what must come of it, and the test that shows it. Read by docs/reliability.md. */
export const CATALOGUE = {
  ...PROCESSES,
  ...REDIS,
  ...MYSQL,
  ...COURIER,
  ...PEOPLE,
  ...REFUNDS,
  ...NETWORK,
} as const satisfies Record<string, Fault>;

export type FaultId = keyof typeof CATALOGUE;
