import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { profilerFlags } from './child.js';
import { waitFor } from './requests.js';
import { type BenchServices, emptyServices } from './services.js';
import { ended, TWIN_KEYS } from './twin.js';

const CLI = join(import.meta.dirname, '../../src/cli.js');
const DIR = '.data/bench/product';

/** The whole product as its operator starts it, with one shop of its own system and one courier. */
export interface Product {
  readonly url: string;
  /** Of the shop's webhooks. */
  readonly secret: string;
  /** Runs a command of the CLI and gives what it printed. */
  cli(args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

export type Role = 'web' | 'worker' | 'scheduler';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

function configuration(courierUrl: string, secret: string): string {
  return stringify({
    shops: [
      {
        id: 'bench-shop',
        platform: 'generic',
        platformShopId: '1',
        name: 'bench',
        crossBorder: false,
        status: 'active',
        agreementSignedAt: '2024-11-18T00:00:00+08:00',
        credentials: { secret },
        policy: 'default',
        mode: 'auto',
        autoFrom: '2020-01-01T00:00:00Z',
      },
    ],
    carrierAccounts: [
      {
        id: 'bench',
        carrier: 'zto',
        shops: '*',
        baseUrl: courierUrl,
        credentials: { ...TWIN_KEYS, noInterceptCodes: ['E23102'] },
        rateLimit: null,
        readRateLimit: null,
        concurrency: 32,
        timeoutMs: 5_000,
      },
    ],
    tariffs: [{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }],
    policies: [{ id: 'default', auto: true }],
  });
}

/** Migrates and configures an empty database, then starts these roles in one process. `fill` runs before the start. */
export async function startProduct(
  services: BenchServices,
  roles: readonly Role[],
  courierUrl: string,
  fill: () => Promise<void> = async () => undefined,
): Promise<Product> {
  await emptyServices(services, false);
  await mkdir(DIR, { recursive: true });
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  await writeFile(join(DIR, 'jiejian.yaml'), configuration(courierUrl, secret));
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'] ?? '',
    LANG: 'en',
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    SECRET_KEY: randomBytes(32).toString('base64'),
    PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const cli = async (args: readonly string[]) => {
    const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    if (code !== 0) throw new Error(`jiejian ${args.join(' ')} ended with ${code}: ${out}`);
    return out;
  };
  await cli(['migrate']);
  await cli(['apply', join(DIR, 'jiejian.yaml')]);
  await fill();
  const running = spawn(
    process.execPath,
    [...profilerFlags(`product-${roles.join('-')}`), CLI, 'start', '--roles', roles.join(',')],
    { env, stdio: 'ignore' },
  );
  const url = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${url}/readyz`)
      .then((answer) => answer.ok)
      .catch(() => false);
  await waitFor('the product to start', isUp, 60_000);
  return { url, secret, cli, stop: () => ended(running) };
}
