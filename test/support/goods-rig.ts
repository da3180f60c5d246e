import { setParcelLines } from '../../src/domain/store/parcel-line-store.js';
import { bookReceipt } from '../../src/domain/store/receipt-store.js';
import type { ParcelItem } from '../../src/domain/store/request-store.js';
import { GoodsWatch } from '../../src/producers/returns.js';
import { RefundRig, type RefundRigOptions } from './refund-rig.js';

/** A seller's warehouse over a real database: parcels come back, are booked, and the product draws what follows. */
export class GoodsRig {
  private watch = new GoodsWatch(0);
  private booked = 0;

  private constructor(readonly refunds: RefundRig) {}

  static async open(options: RefundRigOptions = {}): Promise<GoodsRig> {
    const rig = new GoodsRig(await RefundRig.open(options));
    await rig.run();
    return rig;
  }

  get desk() {
    return this.refunds.desk;
  }

  get db() {
    return this.desk.db;
  }

  /** One run of the loop that follows the goods. */
  async run(): Promise<void> {
    await this.watch.run({ db: this.db, env: () => this.desk.env, now: () => this.desk.now });
  }

  /** Another process, or the same one after a restart. */
  restart(): void {
    this.watch = new GoodsWatch(0);
  }

  /** An accepted parcel with these goods of one after-sale; its return is expected. */
  async accepted(items: readonly ParcelItem[] = [], parcels = 1) {
    const made = await this.refunds.accepted(parcels);
    for (const waybill of made.waybills) await this.holds(waybill, made.afterSaleId, items);
    await this.run();
    return made;
  }

  /** What of an after-sale travels in a parcel. */
  async holds(waybillNo: string, afterSaleId: string, items: readonly ParcelItem[]): Promise<void> {
    const [ids] = await this.db.rows<{ parcelId: string; afterSaleId: string }>(
      `SELECT p.id AS parcelId, a.id AS afterSaleId FROM parcel p, after_sale a
       WHERE p.waybill_no = ? AND a.after_sale_id = ?`,
      [waybillNo, afterSaleId],
    );
    if (!ids) throw new Error('no such parcel');
    await setParcelLines(this.db, ids.parcelId, ids.afterSaleId, items);
  }

  /** The warehouse books a parcel. Lines as `sku×n`, a defect behind a slash. */
  book(waybillNo: string, ...lines: readonly string[]) {
    this.booked += 1;
    return this.bookAs(`R-${this.booked}`, waybillNo, ...lines);
  }

  bookAs(receiptId: string, waybillNo: string, ...lines: readonly string[]) {
    const read = lines.map((line) => {
      const [, sku = '', n = '', condition = null] = /^(.+)×(\d+)(?:\/(.+))?$/.exec(line) ?? [];
      return { sku, quantity: Number(n), condition };
    });
    const booking = { receiptId, waybillNo, bookedAt: new Date('2026-11-28T02:00:00Z'), lines: read };
    return bookReceipt(this.db, this.desk.env, booking, { actor: 'token:wms', shops: null }, this.desk.now);
  }

  async goods(waybillNo: string) {
    const rows = await this.db.rows<{
      id: string;
      state: string;
      compared: number;
      stoppedAt: Date | null;
      dueAt: Date | null;
    }>(
      `SELECT e.id, e.state, e.compared, e.stopped_at AS stoppedAt, e.due_at AS dueAt FROM expected_return e
       JOIN parcel p ON p.id = e.parcel_id WHERE p.waybill_no = ?`,
      [waybillNo],
    );
    return rows[0];
  }

  async claim(waybillNo: string) {
    const rows = await this.db.rows<{
      id: string;
      kind: string;
      state: string;
      amountFen: number | null;
      paidFen: number;
      dueAt: Date | null;
    }>(
      'SELECT id, kind, state, amount_fen AS amountFen, paid_fen AS paidFen, due_at AS dueAt FROM claim WHERE waybill_no = ?',
      [waybillNo],
    );
    return rows[0];
  }

  close(): Promise<void> {
    return this.refunds.close();
  }
}

/** So many pieces of one SKU, paid for in all, fen. */
export const item = (sku: string, quantity = 1, paidFen?: number): ParcelItem => ({
  sku,
  name: sku,
  quantity,
  paidFen,
});
