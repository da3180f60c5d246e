import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../../src/embedded/free-port.js';
import { Api } from './api.js';
import type { Children } from './children.js';
import { DemoFailed, logTail } from './demo-failed.js';
import type { DemoServers } from './servers.js';

const READY_TIMEOUT_MS = 60_000;
const SCOPES = 'intercepts:read,money:read,money:write,config:read';
const EMAIL = 'demo@example.com';

/** Variables of the product (contract section 3): whatever the caller's shell has set must not change the demo. */
const VARIABLES = [
  'DATABASE_URL',
  'REDIS_URL',
  'SECRET_KEY',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'ROLES',
  'LOG_LEVEL',
  'TRUST_PROXY',
  'SAFE_MODE',
  'METRICS_PORT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'JIEJIAN_DATA',
] as const;

/** What `jiejian verify --json` found. */
const VERIFIED = z.object({
  violations: z.array(z.object({ invariant: z.string(), count: z.int(), sample: z.unknown() })),
});
export type Violation = z.output<typeof VERIFIED>['violations'][number];

const TOKEN = z.object({ token: z.string() });

export interface Login {
  readonly email: string;
  readonly password: string;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The product as its users meet it: its command line and its HTTP doors. */
export class Product {
  constructor(
    readonly baseUrl: string,
    readonly cli: string,
  ) {}

  /** Runs a command to its end. Throws DemoFailed with what it printed unless its end `isFine`. */
  async command(
    words: readonly string[],
    { input = '', isFine = ({ code }) => code === 0 }: { input?: string; isFine?: (ended: Ended) => boolean } = {},
  ): Promise<Ended> {
    const ended = await run([process.execPath, '--enable-source-maps', this.cli, ...words], input);
    if (isFine(ended)) return ended;
    const { code, stdout, stderr } = ended;
    throw new DemoFailed('commandFailed', { command: words.join(' '), code }, `${stdout}${stderr}`.trimEnd());
  }

  /** An administrator with a new password. */
  async addAdmin(): Promise<Login> {
    const password = randomBytes(9).toString('base64url');
    await this.command(['user', 'add', '--email', EMAIL, '--role', 'admin', '--password-stdin', '--json'], {
      input: `${password}\n`,
    });
    return { email: EMAIL, password };
  }

  /** A new token that may read everything the demo counts, and import bills. */
  async openApi(): Promise<Api> {
    const { stdout } = await this.command(['token', 'create', '--name', 'demo', '--scopes', SCOPES, '--json']);
    return new Api(this.baseUrl, TOKEN.parse(JSON.parse(stdout)).token);
  }

  /** The invariants over the whole database; empty when all hold. */
  async verify(): Promise<readonly Violation[]> {
    // It ends with 1 both when an invariant is broken and when it could not look; only the first gives an answer.
    const { stdout } = await this.command(['verify', '--json'], {
      isFine: ({ code, stdout: answer }) => code === 0 || (code === 1 && answer.trim() !== ''),
    });
    return VERIFIED.parse(JSON.parse(stdout)).violations;
  }

  /** Starts all roles and waits until it can accept events. */
  async start(children: Children, folder: string): Promise<void> {
    const command = [process.execPath, '--enable-source-maps', this.cli, 'start', '--roles', 'all'];
    const { logFile } = await children.start('jiejian', command, join(folder, 'jiejian.log'));
    const giveUpAt = Date.now() + READY_TIMEOUT_MS;
    while (!(await this.#isReady())) {
      if (Date.now() > giveUpAt) {
        const words = { name: 'jiejian', seconds: READY_TIMEOUT_MS / 1000, logFile };
        throw new DemoFailed('notReady', words, logTail(logFile));
      }
      await delay(100);
    }
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.baseUrl}/readyz`, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      return response.status === 200;
    } catch {
      return false;
    }
  }
}

/** The product on these servers and a free port. From here on this process's children have its environment. */
export async function prepareProduct(servers: DemoServers, cli: string): Promise<Product> {
  const port = String(await freePort());
  const { databaseUrl, redisUrl, secretKey } = servers;
  for (const name of VARIABLES) delete process.env[name];
  const settings = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, SECRET_KEY: secretKey, PORT: port };
  Object.assign(process.env, settings, { HOST: '127.0.0.1', ENVIRONMENT_NAME: 'demo' });
  return new Product(`http://127.0.0.1:${port}`, cli);
}

function run([program = '', ...words]: readonly string[], input: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: 'pipe' });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ code: code ?? 1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
