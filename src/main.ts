import type { Config, Role } from './config.js';
import { openSystem } from './system.js';

export interface JiejianOptions {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Base64, 32 bytes. */
  readonly secretKey: string;
  readonly embedded: boolean;
  readonly roles: readonly Role[];
  readonly host: string;
  readonly port: number;
}

export interface RunningJiejian {
  /** Where people reach the web role; empty when this process does not run it. */
  readonly url: string;
  /** Takes no new work, lets what is under way end, closes everything. Its order is its meaning: doors first. */
  stop(): Promise<void>;
}

/**
 * Runs the asked roles in this process, and loads the code of no other: a worker that starts again needs neither doors nor
 * pages. The schema is in place and the environment is checked. Throws when the database cannot be reached or the port is taken.
 */
export async function startJiejian(options: JiejianOptions): Promise<RunningJiejian> {
  const system = await openSystem(options);
  const running: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const role of running.reverse()) await role.stop();
    await system.close();
  };
  try {
    const has = (role: Role) => options.roles.includes(role);
    if (has('worker')) running.push(await (await import('./run-worker.js')).runWorker(system));
    if (has('scheduler')) running.push((await import('./run-scheduler.js')).runScheduler(system));
    const { host, port, secretKey } = options;
    const web = has('web') ? await (await import('./run-web.js')).runWeb(system, host, port, secretKey) : null;
    if (web) running.push(web);
    system.note('started', { roles: options.roles, url: web?.url ?? null, embedded: options.embedded });
    return { url: web?.url ?? '', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
