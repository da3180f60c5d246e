import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

export const TWIN_KEYS = { appKey: 'bench-key', appSecret: 'bench-secret' };

const PROGRAM = join(import.meta.dirname, '../../sandbox/couriers/zto/main.js');
const READY = z.object({ port: z.int() });
const LEDGER = z.object({
  entries: z.array(
    z.looseObject({ seq: z.int(), at: z.number(), waybillNo: z.string().optional(), endpoint: z.string().optional() }),
  ),
});
const PAGE = 1_000;

/** The twin of ZTO as a process of its own: real wire format, a ledger that it writes before it answers. */
export interface Twin {
  readonly baseUrl: string;
  readonly pid: number;
  /** Makes parcels known that were picked up an hour ago. */
  introduce(waybills: readonly string[]): Promise<void>;
  /** When the first create call of each waybill arrived, ms since 1970, on the machine's clock. */
  arrivals(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

export async function startTwin(): Promise<Twin> {
  const ledger = '.data/bench/twin/ledger.jsonl';
  await rm(dirname(ledger), { recursive: true, force: true });
  await mkdir(dirname(ledger), { recursive: true });
  const keys = ['--app-key', TWIN_KEYS.appKey, '--app-secret', TWIN_KEYS.appSecret];
  const child = spawn(process.execPath, [PROGRAM, '--port', '0', '--ledger', ledger, '--end-with-parent', ...keys], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line]: unknown[] = await once(createInterface({ input: child.stdout }), 'line');
  const baseUrl = `http://127.0.0.1:${READY.parse(JSON.parse(String(line))).port}`;
  if (child.pid === undefined) throw new Error('the twin has no process');
  return {
    baseUrl,
    pid: child.pid,
    async introduce(waybills) {
      for (let from = 0; from < waybills.length; from += 500) {
        const specs = waybills.slice(from, from + 500).map((waybillNo) => ({
          waybillNo,
          timeline: [{ action: 'GOT', afterMs: -3_600_000 }],
          intercept: { outcome: 'never' },
        }));
        const body = JSON.stringify(specs);
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${baseUrl}/_twin/parcels`, { method: 'POST', headers, body });
        if (!answer.ok) throw new Error(`the twin does not take parcels: ${answer.status} ${await answer.text()}`);
      }
    },
    async arrivals() {
      const found = new Map<string, number>();
      for (let since = 0; ; ) {
        const answer = await fetch(`${baseUrl}/_twin/ledger?kind=call&since=${since}&limit=${PAGE}`);
        const { entries } = LEDGER.parse(await answer.json());
        for (const { endpoint, waybillNo, at } of entries) {
          if (endpoint?.includes('createIntercept') && waybillNo && !found.has(waybillNo)) found.set(waybillNo, at);
        }
        const last = entries.at(-1);
        if (!last) return found;
        since = last.seq;
      }
    },
    stop: () => ended(child),
  };
}

/** Asks a process to end and waits for it. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'close');
}
