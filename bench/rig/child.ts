import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const BENCH = join(import.meta.dirname, '..');

let profiles: string | null = null;

/** From now on each program writes a CPU profile into this folder; it runs slower for it. */
export function profileInto(dir: string): void {
  profiles = dir;
}

/** Runs a program of the bench in a process of its own, with one argument of JSON; what it prints is JSON. */
export async function runChild<T>(program: string, given: unknown): Promise<T> {
  const name = program.replace(/\W+/g, '-');
  const profile = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`] : [];
  const child = spawn(process.execPath, [...profile, join(BENCH, program), JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return JSON.parse(out) as T;
}

/** What the parent gave this program. */
export function given<T>(): T {
  return JSON.parse(process.argv[2] ?? 'null') as T;
}
