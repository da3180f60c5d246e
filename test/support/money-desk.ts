import { Readable } from 'node:stream';
import type { InterceptEvent } from '../../src/domain/intercept/machine.js';
import { BILL_MAPPING, type BillFormat } from '../../src/domain/money/bill.js';
import { sumMatch } from '../../src/domain/store/bill-reader.js';
import { createBill, endBill, readBill } from '../../src/domain/store/bill-store.js';
import { move } from '../../src/domain/store/intercept-store.js';
import { verifyInvariants } from '../../src/domain/store/verify-store.js';
import { readBillFile } from '../../src/producers/bills/read-bill.js';
import { Desk } from './desk.js';

const BILL_HEAD = '运单号,金额,日期';
const ZTO_MAPPING = BILL_MAPPING.parse({ waybillNo: '运单号', amount: '金额', chargedOn: '日期' });
const REASONS = {
  stop: 'courier_stopped',
  miss: 'courier_failed',
  return: 'returned',
  asked_outside: 'asked_elsewhere',
  find_delivered: 'delivered',
} as const satisfies Partial<Record<InterceptEvent, string>>;

/** A seller's money over a real database: parcels that are stopped or not, bills that charge for them. */
export class MoneyDesk {
  private made = 0;

  private constructor(readonly desk: Desk) {}

  static async open(): Promise<MoneyDesk> {
    return new MoneyDesk(await Desk.open());
  }

  get db() {
    return this.desk.db;
  }

  /** The month it is in China. */
  get period(): string {
    return new Date(this.desk.now.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
  }

  get day(): string {
    return `${this.period}-01`;
  }

  /** A parcel that may be sent now. */
  async queued(): Promise<string> {
    this.made += 1;
    const waybill = this.desk.waybill();
    await this.desk.detail(`7000893115${String(this.made).padStart(9, '0')}`, [waybill], {
      orderId: `48358041422${String(this.made).padStart(8, '0')}`,
    });
    await this.desk.scan(waybill, 'picked_up', 60);
    return waybill;
  }

  /** A parcel that the courier agreed to stop. */
  async accepted(): Promise<string> {
    const waybill = await this.queued();
    await this.desk.accept(waybill);
    return waybill;
  }

  /** What the courier says next of that parcel. */
  async says(waybill: string, event: keyof typeof REASONS): Promise<void> {
    const row = await this.desk.row(waybill);
    await this.db.transaction((tx) =>
      move(tx, row, { event, reason: REASONS[event], actor: 'courier' }, this.desk.now),
    );
  }

  async stopped(): Promise<string> {
    const waybill = await this.accepted();
    await this.says(waybill, 'stop');
    return waybill;
  }

  /** Imports a bill of ZTO; gives what became of its rows. */
  async bill(file: string | Uint8Array, format: BillFormat = 'csv', period = this.period) {
    const order = { source: 'zto', period, fileName: `bill.${format}`, format, actor: 'user:f@example.com' };
    const id = await createBill(this.db, order, this.desk.now);
    const bytes = Readable.from([Buffer.from(file)]);
    await readBillFile(this.db, { id, ...order, mapping: ZTO_MAPPING, bytes });
    await endBill(this.db, id, null, this.desk.now);
    const view = await readBill(this.db, id);
    if (!view) throw new Error('the bill is not there');
    return view;
  }

  csv(rows: readonly (readonly [waybill: string, yuan: string])[]): string {
    return [BILL_HEAD, ...rows.map((row) => [...row, this.day].join(','))].join('\n');
  }

  /** The month by class: count and what was charged. */
  async sums(): Promise<Record<string, [count: number, chargedFen: number, dueFen: number]>> {
    const sums = await sumMatch(this.db, { source: 'zto', period: this.period });
    return Object.fromEntries(
      sums.map((sum) => [sum.class ?? 'null', [sum.count, Number(sum.chargedFen), Number(sum.dueFen)]]),
    );
  }

  /** The standing fee of a parcel, if it has one. */
  async fee(waybill: string): Promise<{ id: string; amountFen: number; verification: string }> {
    const [fee] = await this.db.rows<{ id: string; amountFen: number; verification: string }>(
      `SELECT e.id, e.amount_fen AS amountFen, e.verification FROM ledger_entry e JOIN intercept i ON i.id = e.intercept_id
       WHERE i.waybill_no = ? AND e.kind = 'fee' AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.id)`,
      [waybill],
    );
    if (!fee) throw new Error(`${waybill} has no fee that stands`);
    return fee;
  }

  /** Fees less reversals of these parcels, fen. */
  async balance(waybills: readonly string[]): Promise<number> {
    const [row] = await this.db.rows<{ fen: number | null }>(
      `SELECT CAST(SUM(IF(e.kind = 'fee', e.amount_fen, -e.amount_fen)) AS SIGNED) AS fen
       FROM ledger_entry e JOIN intercept i ON i.id = e.intercept_id WHERE i.waybill_no IN (?)`,
      [waybills],
    );
    return row?.fen ?? 0;
  }

  /** What verify says of money: names of invariants with what breaks them. */
  async broken(): Promise<string[][]> {
    return (await verifyInvariants(this.db, { now: this.desk.now }))
      .filter(({ invariant }) => /^(I5|I6|R3)/.test(invariant))
      .map(({ invariant, sample }) => [invariant, ...sample]);
  }

  close(): Promise<void> {
    return this.desk.close();
  }
}
