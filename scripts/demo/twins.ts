import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { LedgerEntry } from '../../sandbox/frame/ledger-entry.js';
import type { Child, Children } from './children.js';
import { type ByCourier, eachCourier } from './couriers.js';
import { DemoFailed, logTail } from './demo-failed.js';

const START_TIMEOUT_MS = 20_000;
const CALL_TIMEOUT_MS = 60_000;
/** More lines than any demo writes: the default page is smaller. */
const WHOLE_LEDGER = 100_000_000;
const READY = z.object({ ready: z.literal(true), port: z.int() });

/** One twin, through its control API. */
export class Twin {
  constructor(readonly baseUrl: string) {}

  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    return schema.parse(await this.#call('GET', path));
  }

  async post<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<z.output<S>> {
    return schema.parse(await this.#call('POST', path, body));
  }

  /** Every line of one kind, oldest first. */
  async ledger<K extends LedgerEntry['kind']>(kind: K): Promise<readonly Extract<LedgerEntry, { kind: K }>[]> {
    const answer = await this.#call('GET', `/ledger?kind=${kind}&limit=${WHOLE_LEDGER}`);
    return (answer as { entries: Extract<LedgerEntry, { kind: K }>[] }).entries;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.baseUrl}/_twin${path}`, {
      method,
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`the twin answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}

/** The keys a twin checks signatures with, new for every run. */
export interface TwinKeys {
  readonly appKey: string;
  readonly appSecret: string;
  readonly accessToken: string;
}

export interface Twins {
  readonly douyin: Twin;
  readonly couriers: ByCourier<Twin>;
  readonly keys: Readonly<Record<TwinName, TwinKeys>>;
}

const PROGRAMS = {
  douyin: 'platforms/douyin/main.js',
  zto: 'couriers/zto/main.js',
  yto: 'couriers/yto/main.js',
  yunda: 'couriers/yunda/main.js',
} as const;
type TwinName = keyof typeof PROGRAMS;

/** YTO's name of its customer. */
export const YTO_CUSTOMER = 'K9991024989';
/** The type that means "back to the sender" at the Yunda twin; which one it is at Yunda is not documented. */
export const YUNDA_INTE_TYPE = '1';

/** Where a twin writes down what it was asked. */
export function ledgerFile(folder: string, name: TwinName): string {
  return join(folder, `${name}.ledger.jsonl`);
}

export const TWIN_NAMES = Object.keys(PROGRAMS) as readonly TwinName[];

function newKeys(appKey: string): TwinKeys {
  return { appKey, appSecret: randomBytes(18).toString('hex'), accessToken: randomBytes(18).toString('hex') };
}

/**
 * Starts the platform's and the couriers' twins as processes with new ledgers in `folder`.
 * @param sandbox folder of the compiled twins
 */
export async function startTwins(children: Children, sandbox: string, folder: string, seed: number): Promise<Twins> {
  const keys = {
    douyin: newKeys('7012345678901234567'),
    zto: newKeys('demo-zto-app'),
    yto: newKeys('demoyto'),
    yunda: newKeys('demo-yunda-app'),
  };
  const more: Record<TwinName, readonly string[]> = {
    douyin: ['--access-token', keys.douyin.accessToken],
    zto: [],
    yto: ['--customer-code', YTO_CUSTOMER],
    yunda: ['--inte-type', YUNDA_INTE_TYPE],
  };
  const start = async (name: TwinName) => {
    const { appKey, appSecret } = keys[name];
    const ledger = ledgerFile(folder, name);
    const own = ['--app-key', appKey, '--app-secret', appSecret, ...more[name]];
    const frame = ['--port', '0', '--ledger', ledger, '--seed', String(seed)];
    const command = [process.execPath, '--enable-source-maps', join(sandbox, PROGRAMS[name]), ...frame, ...own];
    const child = await children.start(`twin-${name}`, command, join(folder, `twin-${name}.log`));
    return new Twin(`http://127.0.0.1:${await portOf(child)}`);
  };
  const [douyin, couriers] = await Promise.all([start('douyin'), eachCourier(start)]);
  return { douyin, couriers, keys };
}

/** The port from the line a twin prints when it listens. */
async function portOf({ name, logFile }: Child): Promise<number> {
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const line = readFileSync(logFile, 'utf8')
      .split('\n')
      .find((one) => one.startsWith('{"ready":true') && one.endsWith('}'));
    if (line !== undefined) return READY.parse(JSON.parse(line)).port;
    if (Date.now() > giveUpAt) {
      throw new DemoFailed('notReady', { name, seconds: START_TIMEOUT_MS / 1000, logFile }, logTail(logFile));
    }
    await delay(50);
  }
}
