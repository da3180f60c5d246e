import type { AfterSaleFacts, AfterSaleStatus } from '../../src/domain/aftersale/after-sale.js';
import { CarrierFault, type FaultKind } from '../../src/domain/carrier/fault.js';
import type { CallContext } from '../../src/domain/carrier/port.js';
import type { PlatformAdapter } from '../../src/domain/platform/port.js';
import type { RefundAnswer, RefundOrder } from '../../src/domain/platform/refund.js';
import type { RefundPolicy } from '../../src/domain/refund/case.js';
import type { ShopSettings } from '../../src/domain/settings/settings.js';
import { move } from '../../src/domain/store/intercept-store.js';
import { recordLooks } from '../../src/domain/store/parcel-store.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { type RefundDeps, RefundNews } from '../../src/producers/refund.js';
import { RefundShops } from '../../src/producers/refund-shops.js';
import { Desk } from './desk.js';
import { aPolicy, aShop } from './picture.js';

/** What becomes of a call to the platform: done or not, and whether the answer arrives. */
export type CallFate = 'done' | 'done_unheard' | 'unheard' | 'refused' | FaultKind;

interface AtPlatform {
  status: AfterSaleStatus;
  refundFen: number;
  /** Raised by every change, as the platform's update time is. */
  version: number;
  readonly orderId: string;
  readonly waybills: readonly string[];
  readonly deadlineMs: number | null;
}

export interface RefundRigOptions {
  readonly policy?: Partial<RefundPolicy>;
  readonly shop?: Partial<ShopSettings>;
  /** Other shops of the same seller. */
  readonly others?: readonly ShopSettings[];
}

/** One seller's refunds over a real database, against a platform that keeps its own account of what it was told to pay. */
export class RefundRig {
  readonly known = new Map<string, AtPlatform>();
  /** Every payment the platform made on our word. */
  readonly paid: { afterSaleId: string; fen: number }[] = [];
  readonly rejected: string[] = [];
  calls = 0;
  reads = 0;
  looks = 0;
  fate: CallFate = 'done';
  lookWorks = true;
  private made = 0;
  private news = new RefundNews(0);

  private constructor(readonly desk: Desk) {}

  static async open(options: RefundRigOptions = {}): Promise<RefundRig> {
    const rig = new RefundRig(await Desk.open());
    rig.configure(options);
    await rig.run();
    return rig;
  }

  configure({ policy, shop, others = [] }: RefundRigOptions): void {
    const refund = {
      at: 'intercepted',
      hours: null,
      atPlatformDeadline: 'ask',
      platformLeadMs: 1_800_000,
      ...policy,
    } as const;
    this.desk.configure({
      shops: [aShop({ refundMode: 'auto', ...shop }), ...others],
      policies: [aPolicy({ refund })],
    });
  }

  get deps(): RefundDeps {
    const real = platformBySlug('douyin')?.create({ appKey: 'k', appSecret: 's', accessToken: 't' });
    if (!real) throw new Error('no platform');
    const platform: PlatformAdapter = {
      ...real,
      fetchDetail: async ({ afterSaleId }) => {
        this.reads += 1;
        return { update: { atMs: this.desk.now.getTime(), facts: this.factsOf(afterSaleId) }, parcels: [] };
      },
      refunds: {
        agree: async (order) => this.told(order, 'agree'),
        reject: async (order) => this.told(order, 'reject'),
      },
    };
    const call: CallContext = { send: () => Promise.reject(new Error('nothing is sent here')) };
    return {
      db: this.desk.db,
      settings: () => this.desk.env.settings,
      env: () => this.desk.env,
      platformOf: () => platform,
      openCall: async () => call,
      lookAtRoad: (id) => this.look(id),
      safeMode: false,
      backoffMs: () => 1_000,
      now: () => this.desk.now,
      log: () => undefined,
    };
  }

  private async look(interceptId: string): Promise<boolean> {
    this.looks += 1;
    const rows = await this.desk.db.rows<{ parcelId: string }>(
      'SELECT parcel_id AS parcelId FROM intercept WHERE id = ?',
      [interceptId],
    );
    if (!this.lookWorks) return false;
    const look = { result: 'found', error: null } as const;
    await recordLooks(this.desk.db, [{ parcelId: rows[0]?.parcelId ?? '', look }], this.desk.now);
    return true;
  }

  private factsOf(afterSaleId: string): AfterSaleFacts {
    const at = this.at(afterSaleId);
    return {
      orderId: at.orderId,
      type: 'refund_only',
      status: at.status,
      refundAmountFen: at.refundFen,
      version: String(1_700_000_000 + at.version),
      ...(at.deadlineMs === null ? {} : { platformDeadlineMs: at.deadlineMs }),
    };
  }

  at(afterSaleId: string): AtPlatform {
    const known = this.known.get(afterSaleId);
    if (!known) throw new Error(`no after-sale ${afterSaleId}`);
    return known;
  }

  /** The platform does what it is told if the after-sale is open and of that version, as Douyin documents. */
  private told(order: RefundOrder, operation: 'agree' | 'reject'): RefundAnswer {
    this.calls += 1;
    const fate = this.fate;
    if (fate === 'refused') return { kind: 'refused', rawCode: '50002', rawText: 'no' };
    if (fate !== 'done' && fate !== 'done_unheard' && fate !== 'unheard') throw new CarrierFault(fate, 'planted');
    if (fate !== 'unheard') {
      const at = this.at(order.afterSaleId);
      if (order.version !== String(1_700_000_000 + at.version))
        return { kind: 'refused', rawCode: '50002', rawText: 'stale' };
      // It pays whatever it is told, even twice: that it never is told twice is ours to keep.
      if (operation === 'agree') this.paid.push({ afterSaleId: order.afterSaleId, fen: at.refundFen });
      else this.rejected.push(order.afterSaleId);
      at.status = operation === 'agree' ? 'agreed' : 'refused';
    }
    if (fate !== 'done') throw new CarrierFault('outcome_unknown', 'the answer was lost');
    return { kind: 'done', rawCode: '0', rawText: '' };
  }

  /** An accepted intercept for each parcel of a new after-sale of 89.00. */
  async accepted(parcels = 1, deadlineMs: number | null = null): Promise<{ afterSaleId: string; waybills: string[] }> {
    this.made += 1;
    const afterSaleId = `7000893114${String(this.made).padStart(9, '0')}`;
    const waybills = Array.from({ length: parcels }, () => this.desk.waybill());
    const orderId = `48358041421${String(this.made).padStart(8, '0')}`;
    this.known.set(afterSaleId, { status: 'open', refundFen: 8_900, version: 1, orderId, waybills, deadlineMs });
    await this.desk.detail(afterSaleId, waybills, this.factsOf(afterSaleId));
    for (const waybill of waybills) {
      await this.desk.scan(waybill, 'picked_up', 60);
      await this.desk.accept(waybill);
    }
    return { afterSaleId, waybills };
  }

  /** The courier's word about an accepted order. */
  async courier(waybill: string, event: 'stop' | 'miss' | 'return'): Promise<void> {
    const reason = { stop: 'courier_stopped', miss: 'courier_failed', return: 'returned' } as const;
    const row = await this.desk.row(waybill);
    await this.desk.db.transaction((tx) =>
      move(tx, row, { event, reason: reason[event], actor: 'courier' }, this.desk.now),
    );
  }

  /** The buyer changes his mind at the platform; we hear of it only when told to. */
  buyer(afterSaleId: string, change: Partial<Pick<AtPlatform, 'status' | 'refundFen'>>): void {
    const at = this.at(afterSaleId);
    Object.assign(at, change);
    at.version += 1;
    // The platform's clock counts seconds, and this change is later than what was told before.
    this.desk.pass(1 / 60);
  }

  async hear(afterSaleId: string): Promise<void> {
    await this.desk.detail(afterSaleId, [], this.factsOf(afterSaleId));
  }

  /** What the loop does in one run: follows what happened, then works on what is due. */
  async run(): Promise<void> {
    await this.news.follow(this.deps);
    await this.turn();
  }

  /** One process turns all that is due. */
  async turn(): Promise<void> {
    const shops = new RefundShops(() => undefined);
    while ((await shops.start(this.deps)) > 0) await shops.idle();
  }

  /** Another process, or the same one after a restart: it has read nothing yet. */
  restart(): void {
    this.news = new RefundNews(0);
  }

  /** The clock goes on and the loop runs, so many minutes. */
  async pass(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      this.desk.pass(1);
      await this.run();
    }
  }

  async refund(afterSaleId: string, operation: 'agree' | 'reject' = 'agree') {
    const rows = await this.desk.db.rows<{
      id: string;
      state: string;
      reason: string;
      amountFen: number | null;
      version: number;
      rawText: string | null;
    }>(
      `SELECT r.id, r.state, r.reason, r.amount_fen AS amountFen, r.version, r.raw_text AS rawText FROM refund_action r
       JOIN after_sale a ON a.id = r.after_sale_id WHERE a.after_sale_id = ? AND r.operation = ?`,
      [afterSaleId, operation],
    );
    return rows[0];
  }

  /** The steps of a refund, in order. */
  async steps(afterSaleId: string): Promise<string[]> {
    const row = await this.refund(afterSaleId);
    const rows = await this.desk.db.rows<{ event: string }>(
      'SELECT event FROM refund_step WHERE refund_id = ? ORDER BY version',
      [row?.id ?? ''],
    );
    return rows.map(({ event }) => event);
  }

  close(): Promise<void> {
    return this.desk.close();
  }
}
