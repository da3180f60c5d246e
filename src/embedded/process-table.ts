import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether a process of this pid exists. One of another user counts as alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What `ps` knows of a process, for systems without /proc (macOS). */
function ps(pid: number, column: 'args' | 'lstart'): string | undefined {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
    return execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8', stdio }).trim();
  } catch {
    return undefined;
  }
}

function proc(pid: number, file: 'cmdline' | 'stat'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The command line of a live process, words joined by spaces; undefined when there is none. */
export function commandLine(pid: number): string | undefined {
  return proc(pid, 'cmdline')?.replaceAll('\0', ' ') ?? ps(pid, 'args');
}

/**
 * A text that no other process will ever have: pid and start time. A pid alone is reused, in a container even at once
 * (pid 1). Undefined when the process does not exist.
 */
export function processIdentity(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  const stat = proc(pid, 'stat');
  // Field 22 is the start time; the name in field 2 is in brackets and may hold spaces. Z: ended, not yet collected.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields?.[0] === 'Z') return undefined;
  const startedAt = fields?.[19] ?? ps(pid, 'lstart');
  return startedAt === undefined ? undefined : `${pid}@${startedAt}`;
}

/**
 * Ends a process that an earlier run left behind: SIGTERM, SIGKILL after `patienceMs`. Does nothing unless the command
 * line holds `mark` (our data folder), so that a reused pid never costs a stranger its life.
 */
export async function endLeftover(pid: number, mark: string, patienceMs = 10_000): Promise<void> {
  const isOurs = () => processIdentity(pid) !== undefined && (commandLine(pid)?.includes(mark) ?? false);
  const signal = (name: 'SIGTERM' | 'SIGKILL') => {
    try {
      if (isOurs()) process.kill(pid, name);
    } catch {
      // It ended between the look and the signal.
    }
  };
  signal('SIGTERM');
  const patientUntil = Date.now() + patienceMs;
  while (isOurs()) {
    if (Date.now() > patientUntil) signal('SIGKILL');
    await delay(50);
  }
}
