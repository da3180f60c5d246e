import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { eachName } from './by-name.js';
import type { Child, Children } from './children.js';
import { type ByCourier, courierFacts } from './couriers.js';
import { DemoFailed, logTail } from './demo-failed.js';
import type { DemoPlan } from './plan.js';
import { type ByPlatform, platformFacts } from './platforms.js';
import { Twin } from './twin.js';
import { newKeys, type TwinKeys } from './twin-keys.js';

const START_TIMEOUT_MS = 30_000;
const READY = z.object({ ready: z.literal(true), port: z.int() });

/** A twin that runs, and the keys it checks signatures with. */
export interface KeyedTwin {
  readonly twin: Twin;
  readonly keys: TwinKeys;
}

export interface Twins {
  readonly platforms: ByPlatform<KeyedTwin>;
  readonly couriers: ByCourier<KeyedTwin>;
}

/** Where a twin writes down what it was asked. Ledgers are of one run: a twin that found an old one would go on with it. */
function newLedger(folder: string, name: string): string {
  const file = join(folder, `${name}.ledger.jsonl`);
  rmSync(file, { force: true });
  return file;
}

/**
 * Starts the twins of the plan's platforms and couriers as processes with new ledgers in `folder`.
 * @param sandbox folder of the compiled twins
 */
export async function startTwins(
  children: Children,
  sandbox: string,
  folder: string,
  seed: number,
  plan: DemoPlan,
): Promise<Twins> {
  const start = async (kind: 'platforms' | 'couriers', slug: string, own: readonly string[]): Promise<Twin> => {
    const name = `${kind}-${slug}`;
    const frame = ['--port', '0', '--ledger', newLedger(folder, name), '--seed', String(seed)];
    const program = join(sandbox, kind, slug, 'main.js');
    const command = [process.execPath, '--enable-source-maps', program, ...frame, ...own];
    const child = await children.start(`twin-${name}`, command, join(folder, `twin-${name}.log`));
    return new Twin(`http://127.0.0.1:${await portOf(child)}`);
  };
  const [platforms, couriers] = await Promise.all([
    eachName(plan.platforms, async (slug): Promise<KeyedTwin> => {
      // 19 digits, as Douyin's are: they must stay text on their whole way.
      const keys = newKeys(slug === 'douyin' ? '7012345678901234567' : `demo${slug}`);
      const shops = plan.shops.filter(({ platform }) => platform === slug).map((shop) => shop.platformShopId);
      return { keys, twin: await start('platforms', slug, platformFacts(slug).twin(keys, shops)) };
    }),
    eachName(plan.couriers, async (slug): Promise<KeyedTwin> => {
      const keys = newKeys(`demo${slug}`);
      return { keys, twin: await start('couriers', slug, courierFacts(slug).twin(keys)) };
    }),
  ]);
  return { platforms, couriers };
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
