import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const BENCH = join(import.meta.dirname, '..');

let profiles: string | null = null;

/** Where a program writes the CPU profile of what it measures. */
const PROFILE = 'BENCH_PROFILE';

/** From now on each program writes a CPU profile of what it measures into this folder; it runs slower for it. */
export function profileInto(dir: string): void {
  profiles = dir;
}

/** Flags of Node for a program that is no part of the bench and is profiled whole, its start too; none when nobody asked. */
export function profilerFlags(name: string): string[] {
  return profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`] : [];
}

/** Runs a program of the bench in a process of its own, with one argument of JSON; what it prints is JSON. */
export async function runChild<T>(program: string, given: unknown): Promise<T> {
  const file = profiles ? { [PROFILE]: join(profiles, `${program.replace(/\W+/g, '-')}.cpuprofile`) } : {};
  const child = spawn(process.execPath, [join(BENCH, program), JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...file },
  });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return JSON.parse(out) as T;
}

/** Does the work, and writes its profile if the parent asked for one. */
export async function profiled(work: () => Promise<void>): Promise<void> {
  const file = process.env[PROFILE];
  if (!file) return work();
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  writeFileSync(file, JSON.stringify(profile));
}

/** What the parent gave this program. */
export function given<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}
