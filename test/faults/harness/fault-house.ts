import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlValue } from '../../../src/domain/store/database.js';
import { compareHistories } from '../../support/history.js';
import { House, type HouseOptions, type Running, shopId } from '../../support/house.js';
import { readHistories } from '../../support/read-histories.js';
import { aRefund, push, type Refund, type RefundOptions, someRefunds } from '../../support/refunds.js';
import { type TcpProxy, tcpProxy } from '../../support/tcp-proxy.js';
import { removeCompiledSandbox } from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import type { FaultId } from '../catalogue.js';
import { type OwnServer, ownServers, type ServerSettings } from './own-server.js';
import { type Result, tell } from './results.js';

export interface FaultHouseOptions extends Omit<HouseOptions, 'servers' | 'courierBehind'>, ServerSettings {
  readonly limit?: { readonly max: number; readonly perMs: number };
}

/** A parcel is where its order wants it, or a person has it: nothing moves by itself any more. */
const AT_REST = ['returned', 'refused', 'missed', 'withdrawn', 'expired', 'skipped', 'needs_review'];
/** The courier knows of it, or nobody will tell it. */
const PAST_SENDING = [...AT_REST, 'accepted', 'intercepted'];

const behind = (url: string, proxy: TcpProxy): string => {
  const moved = new URL(url);
  moved.port = String(proxy.port);
  return moved.href.replace(/\/$/, '');
};

/**
 * The whole product with servers of its own that may be killed, and a network between it and each of them that may be
 * spoiled. What it tells of a fault counts only after `check` has found every invariant whole.
 */
export class FaultHouse {
  readonly refunds: Refund[] = [];
  private readonly results: Result[] = [];

  private constructor(
    readonly house: House,
    readonly redis: OwnServer,
    readonly mysql: OwnServer,
    readonly net: { readonly redis: TcpProxy; readonly mysql: TcpProxy; readonly courier: TcpProxy },
    readonly dir: string,
    private readonly limit: { max: number; perMs: number } | null,
    /** Shops whose refunds are agreed. */
    private readonly agreeing: readonly string[],
  ) {}

  static async open(options: FaultHouseOptions = {}): Promise<FaultHouse> {
    const dir = await mkdtemp(join(tmpdir(), 'jiejian-faults-'));
    const servers = await ownServers(dir, options);
    const proxyTo = (port: number) => tcpProxy({ host: '127.0.0.1', port });
    const [redis, mysql] = await Promise.all([proxyTo(servers.redis.port), proxyTo(servers.mysql.port)]);
    let courier: TcpProxy | undefined;
    const house = await House.open({
      ...options,
      account: { ...(options.limit ? { rateLimit: options.limit } : {}), ...options.account },
      servers: {
        direct: { databaseUrl: servers.mysql.url, redisUrl: servers.redis.url },
        between: { databaseUrl: behind(servers.mysql.url, mysql), redisUrl: behind(servers.redis.url, redis) },
      },
      courierBehind: async (baseUrl) => {
        courier = await proxyTo(Number(new URL(baseUrl).port));
        return behind(baseUrl, courier);
      },
    });
    if (!courier) throw new Error('the courier has no proxy');
    const net = { redis, mysql, courier };
    const agreeing = Array.from({ length: options.agreeing ?? 0 }, (_, index) => shopId(index));
    return new FaultHouse(house, servers.redis, servers.mysql, net, dir, options.limit ?? null, agreeing);
  }

  /** Where the database's own administrator gets in, past everything. */
  get mysqlSocket(): string {
    return join(this.dir, 'mysql.sock');
  }

  /** A new refund that its platform has told us of, or tries to. */
  async refund(options: RefundOptions & { readonly count?: number } = {}): Promise<Refund> {
    const refund = await this.quietRefund(options);
    await this.tell(refund, options.count);
    return refund;
  }

  /** The platform tells us of it, that many times at once. */
  tell(refund: Refund, count = 1): Promise<void> {
    return push(this.house, refund, '200', count);
  }

  /** A new refund that nobody has been told of. */
  async quietRefund(options: RefundOptions = {}): Promise<Refund> {
    const refund = await aRefund(this.house, options);
    this.refunds.push(refund);
    return refund;
  }

  async quietRefunds(count: number, options: RefundOptions = {}): Promise<Refund[]> {
    const refunds = await someRefunds(this.house, count, options);
    this.refunds.push(...refunds);
    return refunds;
  }

  async refundsAtOnce(count: number): Promise<Refund[]> {
    const refunds = await this.quietRefunds(count);
    await Promise.all(refunds.map((refund) => push(this.house, refund)));
    return refunds;
  }

  /** A process that dies, stops or breaks at a failpoint; resolves when it has started. */
  doomed(roles: string, failpoints: string): Promise<Running> {
    return this.house.start(roles, { NODE_ENV: 'test', JIEJIAN_FAILPOINTS: failpoints });
  }

  /** Waits until a doomed process has come to its failpoint. */
  async comesTo(running: Running, name: string): Promise<void> {
    await until(() => running.output().includes(`failpoint ${name}`), {
      what: `${name} to be reached; the process says: ${running.output().slice(-1_500)}`,
      timeoutMs: 30_000,
    });
  }

  async states(): Promise<Map<string, string>> {
    const rows = await this.house.db.rows<{ waybillNo: string; state: string }>(
      'SELECT waybill_no AS waybillNo, state FROM intercept ORDER BY round',
    );
    return new Map(rows.map((row) => [row.waybillNo, row.state]));
  }

  private async allIn(refunds: readonly Refund[], states: readonly string[], timeoutMs: number): Promise<void> {
    const wanted = new Set(states);
    let open: string[] = [];
    try {
      await until(
        async () => {
          const now = await this.states();
          open = refunds.filter(({ waybillNo }) => !wanted.has(now.get(waybillNo) ?? '')).map((r) => r.waybillNo);
          return open.length === 0;
        },
        // Each look reads the states of all of them.
        { what: 'all parcels to get there', timeoutMs, everyMs: Math.max(20, refunds.length / 10) },
      );
    } catch (error) {
      const now = await this.states();
      const left = open.slice(0, 5).map((waybillNo) => `${waybillNo} ${now.get(waybillNo) ?? 'unknown'}`);
      throw new Error(`${open.length} parcels are left behind: ${left.join(', ')}`, { cause: error });
    }
  }

  /** Seconds from now until the courier knows of these parcels, or nobody will tell it. */
  async recovery(refunds: readonly Refund[] = this.refunds, from = performance.now()): Promise<number> {
    await this.allIn(refunds, PAST_SENDING, 60_000);
    return (performance.now() - from) / 1_000;
  }

  /** Waits until nothing moves by itself any more. */
  rest(refunds: readonly Refund[] = this.refunds, timeoutMs = 60_000): Promise<void> {
    return this.allIn(refunds, AT_REST, timeoutMs);
  }

  /**
   * Waits until every refund that is ours to decide is decided: none that has come to its point waits, no call is under way,
   * and one without an answer was read back since and is not paid. Such a one stays `unknown` until a person settles it.
   */
  async refundsRest(timeoutMs = 60_000): Promise<void> {
    if (this.agreeing.length === 0) return;
    await this.refundLeasesEnd();
    const found = 'SELECT a.after_sale_id AS id, r.state, r.reason';
    const undecided = `${found} FROM intercept i JOIN parcel_after_sale l ON l.parcel_id = i.parcel_id AND l.dropped_at IS NULL
         JOIN after_sale a ON a.id = l.after_sale_id LEFT JOIN refund_action r ON r.after_sale_id = a.id
       WHERE a.shop_id IN (?) AND (r.state IN ('started', 'acknowledged')
         OR (COALESCE(r.state, 'waiting') = 'waiting' AND i.state IN ('accepted', 'intercepted', 'returned')))`;
    const unread = `${found} FROM refund_action r JOIN after_sale a ON a.id = r.after_sale_id
       WHERE r.state = 'unknown' AND (a.known_at <= ? OR JSON_UNQUOTE(JSON_EXTRACT(a.facts, '$.status.value')) <> 'open')`;
    await this.none(undecided, [this.agreeing], timeoutMs);
    const [mark] = await this.house.db.rows<{ at: Date }>('SELECT NOW(3) AS at');
    await this.house.db.run("UPDATE refund_action SET next_at = NOW(3) WHERE state = 'unknown'");
    await this.none(unread, [mark?.at ?? null], timeoutMs);
  }

  /** Waits until every parcel that a courier took the order for is expected back, or was. */
  async returnsRest(timeoutMs = 60_000): Promise<void> {
    const forgotten = `SELECT i.id, i.waybill_no AS waybillNo, i.state FROM intercept i
       LEFT JOIN expected_return e ON e.parcel_id = i.parcel_id
       WHERE i.state IN ('accepted', 'intercepted', 'returned') AND e.id IS NULL`;
    await this.none(forgotten, [], timeoutMs);
  }

  /** Waits until this selects nothing any more. */
  private async none(select: string, values: readonly SqlValue[], timeoutMs: number): Promise<void> {
    let left: unknown[] = [];
    const isDone = async () => {
      left = await this.house.db.rows(`${select} LIMIT 5`, values);
      return left.length === 0;
    };
    await until(isDone, { what: 'nothing to be left behind', timeoutMs }).catch((error: unknown) => {
      throw new Error(`left behind: ${JSON.stringify(left)}`, { cause: error });
    });
  }

  /** The leases of refunds under way run out now: they are longer than any call, too long for a test to wait. */
  async refundLeasesEnd(): Promise<void> {
    await this.house.db.run(
      "UPDATE refund_action SET lease_until = NOW(3) - INTERVAL 1 SECOND, next_at = NOW(3) WHERE state = 'started'",
    );
  }

  /** What a fault was seen to do; it is printed once `check` has passed. */
  saw(fault: FaultId, seen: string, recoveryS: number | null = null, figure: Result['figure'] = null): void {
    this.results.push({ fault, seen, recoveryS, figure });
  }

  /** Every parcel comes to rest, the database keeps its invariants, and the three histories agree. */
  async check(restoredAtMs = 0): Promise<void> {
    await this.rest();
    await this.refundsRest();
    await this.returnsRest();
    await this.house.verify();
    const waybills = this.refunds.map(({ waybillNo }) => waybillNo);
    const broken = compareHistories(await readHistories(this.house, waybills, this.limit, restoredAtMs));
    if (broken.length > 0) throw new Error(`the histories do not agree: ${JSON.stringify(broken.slice(0, 10))}`);
    tell(this.results.splice(0));
  }

  async close(): Promise<void> {
    await this.house.close();
    await Promise.all(Object.values(this.net).map((proxy) => proxy.close()));
    await Promise.all([this.redis.stop(), this.mysql.stop()]);
    await rm(this.dir, { recursive: true, force: true });
    await removeCompiledSandbox();
  }
}
