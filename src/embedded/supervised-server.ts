import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { type GuardedProcess, startGuarded } from './guarded-process.js';
import type { RunningServer } from './registry.js';
import { logTail, type ServerKind } from './server-kind.js';

const START_TIMEOUT_MS = 60_000;
const START_TRIES = 3;
const RESTART_PAUSES_MS = [500, 1_000, 2_000, 5_000, 10_000] as const;

/** Starts the server on `port` and waits until it answers. Undefined: it ended before it did. */
async function startOn(kind: ServerKind, port: number): Promise<GuardedProcess | undefined> {
  const guarded = await startGuarded({ command: kind.command(port), logFile: kind.logFile });
  let ended = false;
  const exited = guarded.exited.then(() => {
    ended = true;
  });
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const answers = await kind.ping(port).then(
      () => true,
      () => false,
    );
    // A server that ended although something answers: a stranger took the port first.
    if (ended) return undefined;
    if (answers) return guarded;
    if (Date.now() > giveUpAt) {
      await guarded.stop();
      return undefined;
    }
    await Promise.race([delay(50), exited]);
  }
}

/** A server that is kept running until `stop()`. */
export interface SupervisedServer {
  running(): RunningServer;
  stop(): Promise<void>;
}

/**
 * Starts one server and keeps it alive: if it ends by itself (crash, kill -9, out of memory) it is started again on the
 * same port, first after 0.5 s, then ever later up to 10 s. Rejects with the end of its log when it does not start.
 * @param onRestart called after each restart, with the new pids
 */
export async function superviseServer(
  kind: ServerKind,
  wantedPort: number | undefined,
  onRestart: (running: RunningServer) => Promise<void>,
  onLog: (line: string) => void,
): Promise<SupervisedServer> {
  await kind.prepare();
  let port = 0;
  let current: GuardedProcess | undefined;
  for (let tries = 0; current === undefined; tries += 1) {
    if (tries === START_TRIES) {
      throw new Error(`${kind.label} did not start. The end of ${kind.logFile}:\n${logTail(kind.logFile)}`);
    }
    // Another process may take a free port before the server does: then the next try takes another one.
    port = await freePort(tries === 0 ? wantedPort : undefined);
    current = await startOn(kind, port);
  }

  const stopping = new AbortController();
  const describe = ({ pid, guardPid }: GuardedProcess): RunningServer => ({ port, pid, guardPid });
  let latest: GuardedProcess = current;

  const keepAlive = async () => {
    for (let failures = 0; ; ) {
      const code = await latest.exited;
      if (stopping.signal.aborted) return;
      onLog(`${kind.label} ended by itself (code ${code}); starting it again on port ${port}`);
      const pause = RESTART_PAUSES_MS[Math.min(failures, RESTART_PAUSES_MS.length - 1)];
      await delay(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const restarted = await startOn(kind, port).catch(() => undefined);
      failures = restarted === undefined ? failures + 1 : 0;
      if (restarted === undefined) continue;
      latest = restarted;
      if (stopping.signal.aborted) return;
      await onRestart(describe(latest)).catch((error: unknown) => onLog(`services.json not updated: ${String(error)}`));
    }
  };
  const watching = keepAlive();

  return {
    running: () => describe(latest),
    async stop() {
      stopping.abort();
      await latest.stop();
      await watching;
      // A restart that was under way when stop was called.
      await latest.stop();
    },
  };
}
