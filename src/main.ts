import type { Config, Role } from './config.js';
import { runScheduler } from './run-scheduler.js';
import { runWeb } from './run-web.js';
import { runWorker } from './run-worker.js';
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
 * Runs the asked roles in this process. The schema is in place and the environment is checked.
 * Throws when the database cannot be reached or the port is taken.
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
    if (has('worker')) running.push(await runWorker(system));
    if (has('scheduler')) running.push(runScheduler(system));
    const web = has('web') ? await runWeb(system, options.host, options.port, options.secretKey) : null;
    if (web) running.push(web);
    system.note('started', { roles: options.roles, url: web?.url ?? null, embedded: options.embedded });
    return { url: web?.url ?? '', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
