import { spawn } from 'node:child_process';
import { closeSync, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * The guard: a shell that runs the server and holds the reading end of a pipe whose writing end only the owner has.
 * When the owner stops it, or dies in whatever way (kill -9 too), the pipe ends and the guard ends the server: SIGTERM,
 * SIGKILL 10 s later. The server's pid is the one line on stdout.
 */
const GUARD = `
exec 3<&0 </dev/null
"$@" 3<&- >&2 &
server=$!
echo "$server"
exec >&2
(
  read -r _ <&3
  exec 3<&-
  kill -TERM "$server" 2>/dev/null
  for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$server" 2>/dev/null || exit 0; done
  kill -KILL "$server" 2>/dev/null
) &
wait "$server"
status=$?
exec 3<&-
kill -TERM $! 2>/dev/null
exit "$status"
`;

const KEEP_LOG_BYTES = 1_000_000;

export interface GuardedCommand {
  /** Program and arguments; one of them must hold the data folder, which is how a later run recognises a leftover. */
  command: readonly string[];
  /** The server's stdout and stderr are appended here; a log over 1 MB is started afresh. */
  logFile: string;
}

export interface GuardedProcess {
  /** The server itself. */
  readonly pid: number;
  /** The shell that guards it. */
  readonly guardPid: number;
  /** Settles when the server has ended, with its exit code (128 + n for signal n, as a shell says it). */
  readonly exited: Promise<number>;
  /** Asks the server to end and waits until it has: at most 10 s, then it is killed. */
  stop(): Promise<void>;
}

function openLog(file: string): number {
  const isLong = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > KEEP_LOG_BYTES;
  return openSync(file, isLong ? 'w' : 'a', 0o600);
}

/**
 * Starts a server that cannot outlive this process. It never keeps this process alive either. Rejects if the shell
 * cannot be started; a server that fails at once shows in `exited`.
 */
export async function startGuarded({ command, logFile }: GuardedCommand): Promise<GuardedProcess> {
  const log = openLog(logFile);
  // A session of its own: Ctrl-C must reach the owner only, which stops the servers when it no longer needs them.
  const guard = spawn('/bin/sh', ['-c', GUARD, 'jiejian-guard', ...command], {
    stdio: ['pipe', 'pipe', log],
    detached: true,
  });
  closeSync(log);
  const { stdin: lifeline, stdout } = guard;
  if (lifeline === null || stdout === null) throw new Error('the guard was started without its pipes');
  const exited = new Promise<number>((resolve) => {
    guard.once('exit', (code) => resolve(code ?? 1));
  });
  const pid = await new Promise<number>((resolve, reject) => {
    guard.once('error', reject);
    guard.once('exit', () => reject(new Error(`the guard of ${command[0]} ended at once; see ${logFile}`)));
    createInterface({ input: stdout }).once('line', (line) => resolve(Number(line)));
  });
  lifeline.on('error', () => undefined);
  guard.unref();
  for (const pipe of [lifeline, stdout]) {
    if (pipe instanceof Socket) pipe.unref();
  }
  return {
    pid,
    guardPid: guard.pid ?? 0,
    exited,
    async stop() {
      guard.ref();
      lifeline.end();
      await exited;
    },
  };
}
