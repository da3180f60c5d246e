import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { z } from 'zod';

const runningServer = z.object({ port: z.number().int(), pid: z.number().int(), guardPid: z.number().int() });

/** `<dir>/services.json`: what runs, who owns it, and the passwords. A server's entry stays as "last seen" when it ends. */
const registrySchema = z.object({
  version: z.literal(1),
  /** pid and start time of the process that started the servers and will stop them; null: nobody runs them. */
  owner: z.string().nullable(),
  redis: runningServer.nullable(),
  mysql: runningServer.nullable(),
  user: z.string(),
  password: z.string(),
  redisPassword: z.string(),
  databaseUrl: z.string().nullable(),
  redisUrl: z.string().nullable(),
});

export type RunningServer = z.infer<typeof runningServer>;
export type Registry = z.infer<typeof registrySchema>;

const fileOf = (dir: string) => join(dir, 'services.json');

/** The registry of a data folder; undefined if there is none or it is not readable as one (a new one is made then). */
export function readRegistry(dir: string): Registry | undefined {
  try {
    return registrySchema.parse(JSON.parse(readFileSync(fileOf(dir), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Replaces the registry in one step (write, rename), readable by its owner only: it holds passwords. */
export function writeRegistry(dir: string, registry: Registry): void {
  const draft = `${fileOf(dir)}.new`;
  writeFileSync(draft, `${JSON.stringify(registry, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileOf(dir));
}

/**
 * Runs `work` while no other process does the same for this folder. Waits up to about 90 s. A lock whose holder died is
 * taken over after 10 s without a sign of life.
 */
export async function withRegistryLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const release = await lock(fileOf(dir), {
    // The file need not exist yet; the lock is the folder services.json.lock.
    realpath: false,
    stale: 10_000,
    update: 2_000,
    retries: { retries: 300, factor: 1, minTimeout: 300, maxTimeout: 300 },
    // The default throws from a timer. Losing the lock (a laptop that slept) is settled by the checks that follow.
    onCompromised: () => undefined,
  });
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}
