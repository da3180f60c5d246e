import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const BENCH = join(import.meta.dirname, '..');

/** Runs a program of the bench in a process of its own, with one argument of JSON; what it prints is JSON. */
export async function runChild<T>(program: string, given: unknown): Promise<T> {
  const child = spawn(process.execPath, [join(BENCH, program), JSON.stringify(given)], {
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
