import { newId } from '../../src/domain/ids.js';
import type { Database } from '../../src/domain/store/database.js';

const AT = new Date('2026-11-22T10:00:00.000Z');

/** A fee of this intercept as the ledger would hold it, 3.00. Gives its id. */
export async function aFeeThatStands(db: Database, interceptId: string): Promise<string> {
  const id = newId();
  await db.run(
    `INSERT INTO ledger_entry (id, intercept_id, seq, kind, carrier, account_id, shop_id, biller, amount_fen, tariff_from, tariff_fen, posted_at)
     SELECT ?, id, 1, 'fee', carrier, account_id, shop_id, carrier, 300, '2024-11-18', 300, ? FROM intercept WHERE id = ?`,
    [id, AT, interceptId],
  );
  return id;
}

/** An invoice of November for this shop, 3.00. Gives its id. */
export async function anInvoice(db: Database, shopId: string): Promise<string> {
  const id = newId();
  await db.run(
    'INSERT INTO invoice (id, source, period, shop_id, state, entry_count, total_fen, requested_by, requested_at) VALUES (?)',
    [[id, 'zto', '2026-11', shopId, 'requested', 1, 300, 'user:f@example.com', AT]],
  );
  return id;
}
