import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { Database } from '../../src/domain/store/database.js';
import { redisOptions } from '../../src/redis.js';
import type { BenchServices } from './services.js';
import type { Twin } from './twin.js';

/** The processes beside the one that is measured. */
export interface Pids {
  readonly database: number;
  readonly redis: number;
  readonly courier: number;
}

/** Asks each server which process it is. */
export async function pidsOf(services: BenchServices, twin: Twin): Promise<Pids> {
  const redis = new Redis(redisOptions(services.redisUrl, 'worker'));
  const info = await redis.info('server');
  redis.disconnect();
  const db = await Database.open({ url: services.databaseUrl });
  const [row] = await db.rows<{ file: string }>('SELECT @@pid_file AS file');
  await db.close();
  const found = {
    database: Number(readFileSync(row?.file ?? '', 'utf8')),
    redis: Number(/^process_id:(\d+)/m.exec(info)?.[1]),
    courier: twin.pid,
  };
  if (!Object.values(found).every(Number.isInteger)) throw new Error(`no process ids: ${JSON.stringify(found)}`);
  return found;
}

/** CPU that a process has used since it started, ms (proc(5): user and system are fields 14 and 15, in hundredths of a second). */
export function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
