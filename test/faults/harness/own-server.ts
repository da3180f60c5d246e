import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findServers } from '../../../src/embedded/binaries.js';
import { type GuardedProcess, startGuarded } from '../../../src/embedded/guarded-process.js';
import { mariadbServer } from '../../../src/embedded/mariadb.js';
import { redisServer } from '../../../src/embedded/redis.js';
import type { ServerKind } from '../../../src/embedded/server-kind.js';
import { freePort } from '../../support/free-port.js';
import { until } from '../../support/until.js';
import { onSmallDisk, SmallDisk } from './small-disk.js';

const CREDENTIALS = { user: 'jiejian', password: 'faults', redisPassword: 'faults' };
const UP_MS = 60_000;

/** A database server of one test file's own, with the settings of the embedded one: to be killed, frozen and emptied. */
export class OwnServer {
  private running: GuardedProcess | null = null;

  private constructor(
    private readonly kind: ServerKind,
    readonly port: number,
    private readonly dataDir: string,
    private readonly diskMiB: number | null,
  ) {}

  static async open(kind: ServerKind, dataDir: string, diskMiB: number | null = null): Promise<OwnServer> {
    await kind.prepare();
    const server = new OwnServer(kind, await freePort(), dataDir, diskMiB);
    await server.start();
    return server;
  }

  get url(): string {
    return this.kind.url(this.port);
  }

  /** Starts it on its old port with its old data and waits until it answers. */
  async start(): Promise<void> {
    this.running = await startGuarded({ command: this.command(), logFile: this.kind.logFile });
    await until(() => this.kind.ping(this.port).then(() => true), {
      what: `${this.kind.label} to answer`,
      timeoutMs: UP_MS,
    });
  }

  private command(): readonly string[] {
    const command = this.kind.command(this.port);
    if (this.diskMiB === null) return command;
    return onSmallDisk([...command, '--user=root'], this.data, this.diskMiB);
  }

  private get data(): string {
    return join(this.dataDir, 'mysql');
  }

  /** The disk MariaDB was opened on. */
  get disk(): SmallDisk {
    if (this.diskMiB === null || !this.running) throw new Error(`${this.kind.label} has no disk of its own`);
    return new SmallDisk(`/proc/${this.running.pid}/root${this.data}/filler`);
  }

  /** As a crash: by its pid, without a word before. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.running?.exited;
    this.running = null;
  }

  /** As a frozen machine; `SIGCONT` thaws it. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL' | 'SIGTERM'): void {
    if (this.running) process.kill(this.running.pid, signal);
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    this.signal('SIGCONT');
    await this.running?.stop();
    this.running = null;
  }

  /** What Redis keeps on disk. */
  get files(): string {
    return join(this.dataDir, 'redis', 'appendonlydir');
  }

  /** Throws Redis's data away; the next start begins empty. */
  forget(): void {
    rmSync(this.files, { recursive: true, force: true });
  }
}

export interface ServerSettings {
  readonly redis?: Record<string, string>;
  readonly mysql?: Record<string, string>;
  /** Gives MariaDB a disk of its own of this size. */
  readonly mysqlDiskMiB?: number | null;
}

/** Redis and MariaDB in one folder. */
export async function ownServers(
  dir: string,
  settings: ServerSettings = {},
): Promise<{ readonly redis: OwnServer; readonly mysql: OwnServer }> {
  const programs = findServers();
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const [redis, mysql] = await Promise.all([
    OwnServer.open(redisServer(programs.redis, dir, CREDENTIALS, settings.redis), dir),
    OwnServer.open(mariadbServer(programs.mysql, dir, CREDENTIALS, settings.mysql), dir, settings.mysqlDiskMiB),
  ]);
  return { redis, mysql };
}
