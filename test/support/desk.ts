import { randomBytes } from 'node:crypto';
import type { AfterSaleFacts, NamedParcel } from '../../src/domain/aftersale/after-sale.js';
import type { Intercept } from '../../src/domain/intercept/intercept.js';
import { retry } from '../../src/domain/store/action-store.js';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import { claimForSend } from '../../src/domain/store/claim-store.js';
import { Database } from '../../src/domain/store/database.js';
import { takeDetail } from '../../src/domain/store/detail-store.js';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { INTERCEPT_COLUMNS } from '../../src/domain/store/intercept-store.js';
import { judgeParcel } from '../../src/domain/store/judgement.js';
import { ensureLanes } from '../../src/domain/store/lane-store.js';
import { addSightings, recordLooks } from '../../src/domain/store/parcel-store.js';
import type { LookResult, ParcelPhase } from '../../src/domain/tracking/sighting.js';
import { type FreshDatabase, freshDatabase } from './database.js';
import { anEnv, aShop, type PictureParts } from './picture.js';

const MINUTE_MS = 60_000;
const LANE = 'zto-zto-main';

/** A refund-only of everything the buyer paid, as the platform's detail API would tell it. */
const FULL_REFUND: AfterSaleFacts = {
  orderId: 'order-1',
  type: 'refund_only',
  status: 'open',
  refundAmountFen: 8_900,
  paidAmountFen: 8_900,
  refundPostFen: 0,
  paidPostFen: 0,
};

/**
 * A seller's desk over a real database: what platforms and couriers say goes in, intercepts come out. The courier's own
 * calls are made by the tests; everything that decides and writes is the product's.
 */
export class Desk {
  env = anEnv();
  /** The desk's clock; tests move it. */
  now = new Date();

  private constructor(
    readonly db: Database,
    private readonly fresh: FreshDatabase,
  ) {}

  static async open(): Promise<Desk> {
    const fresh = await freshDatabase();
    const db = await Database.open({ url: fresh.url });
    await db.migrate();
    await ensureLanes(db, [{ carrier: 'zto', id: 'zto-main' }]);
    return new Desk(db, fresh);
  }

  async close(): Promise<void> {
    await this.db.close();
    await this.fresh.drop();
  }

  /** Another configuration from now on. */
  configure(parts: PictureParts): void {
    this.env = anEnv(parts);
  }

  pass(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * MINUTE_MS);
  }

  /** A waybill nobody used yet. */
  waybill(): string {
    return `73${randomBytes(6).readUIntBE(0, 6).toString().padStart(15, '0')}`;
  }

  /** What the platform's detail API says of one after-sale now. Its parcels are ZTO's, worth 89.00, unless stated. */
  async detail(
    afterSaleId: string,
    waybills: readonly (string | NamedParcel)[],
    facts: Partial<AfterSaleFacts> = {},
  ): Promise<void> {
    const parcels = waybills.map(
      (w): NamedParcel =>
        typeof w === 'string' ? { rawCarrier: 'zto', rawCarrierName: null, waybillNo: w, declaredValueFen: 8_900 } : w,
    );
    const shop = this.env.settings.shops.get('dy-main') ?? aShop();
    const update = { atMs: this.now.getTime(), facts: { ...FULL_REFUND, appliedAtMs: this.now.getTime(), ...facts } };
    await takeDetail(this.db, this.env, shop, afterSaleId, { update, parcels }, this.now);
  }

  private async parcelId(waybillNo: string): Promise<string> {
    const rows = await this.db.rows<{ id: string }>('SELECT id FROM parcel WHERE waybill_no = ?', [waybillNo]);
    if (!rows[0]) throw new Error(`no parcel ${waybillNo}`);
    return rows[0].id;
  }

  /** A scan the courier reported, `minutesAgo` before now; the parcel is judged again. */
  async scan(waybillNo: string, phase: ParcelPhase, minutesAgo = 0): Promise<void> {
    const id = await this.parcelId(waybillNo);
    const at = new Date(this.now.getTime() - minutesAgo * MINUTE_MS);
    const sighting = { at, phase, rawCode: phase, text: '', place: null, source: 'push' } as const;
    await addSightings(this.db, [{ parcelId: id, sighting }], this.now, this.now);
    await judgeParcel(this.db, this.env, id, 'system', this.now);
  }

  /** A look at the track that gave this, and nothing else. */
  async look(waybillNo: string, result: LookResult): Promise<void> {
    const id = await this.parcelId(waybillNo);
    const look = { result, error: result === 'failed' ? 'HTTP 500' : null };
    await recordLooks(this.db, [{ parcelId: id, look }], this.now);
    await judgeParcel(this.db, this.env, id, 'system', this.now);
  }

  async judge(waybillNo: string): Promise<void> {
    await judgeParcel(this.db, this.env, await this.parcelId(waybillNo), 'system', this.now);
  }

  /** The newest round of a parcel. */
  async row(waybillNo: string): Promise<Intercept> {
    const rows = await this.rounds(waybillNo);
    if (!rows[0]) throw new Error(`no intercept of ${waybillNo}`);
    return rows[0];
  }

  rounds(waybillNo: string): Promise<Intercept[]> {
    return this.db.rows<Intercept>(
      `SELECT ${INTERCEPT_COLUMNS} FROM intercept i WHERE i.waybill_no = ? ORDER BY i.round DESC`,
      [waybillNo],
    );
  }

  /** A worker takes the order of this parcel: handed to Redis, claimed. null: it may not be sent. */
  async claim(waybillNo: string) {
    const { id } = await this.row(waybillNo);
    await takeForRedis(this.db, { laneId: LANE, queue: 'intercept', window: 1_000, perMs: null }, this.now);
    const { dispatch } = await this.row(waybillNo);
    return claimForSend(this.db, { id, dispatch }, 5_000, this.now);
  }

  /** The courier takes the order. */
  async accept(waybillNo: string): Promise<Intercept> {
    const claim = await this.claim(waybillNo);
    if (!claim) throw new Error(`${waybillNo} may not be sent`);
    const record = { outcome: 'accepted', rawCode: 'SYS000', rawText: '', httpStatus: 200, exchange: null } as const;
    await recordAnswer(
      this.db,
      claim,
      { record, step: { event: 'accept', reason: 'courier_accepted' }, changes: {} },
      this.now,
    );
    return this.row(waybillNo);
  }

  async retry(waybillNo: string) {
    return retry(this.db, this.env, (await this.row(waybillNo)).id, 'user:op@example.com', this.now);
  }

  tasks(waybillNo: string): Promise<{ kind: string; reason: string; state: string }[]> {
    return this.db.rows(
      `SELECT t.kind, t.reason, t.state FROM task t JOIN intercept i ON i.id = t.intercept_id WHERE i.waybill_no = ? ORDER BY t.id`,
      [waybillNo],
    );
  }

  fees(waybillNo: string): Promise<{ kind: string }[]> {
    return this.db.rows(
      'SELECT l.kind FROM ledger_entry l JOIN intercept i ON i.id = l.intercept_id WHERE i.waybill_no = ? ORDER BY l.seq',
      [waybillNo],
    );
  }
}
