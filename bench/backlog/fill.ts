import type { Database } from '../../src/domain/store/database.js';
import { ACCOUNT_ID, LANE_ID } from '../rig/settings.js';

/** The number of a row as it stands in all its ids. */
const N = `LPAD(n.seq, 10, '0')`;
const ID = `CONCAT('01backlog0000000', ${N})`;
const FACT = (name: string, value: string) => `"${name}":{"atMs":1,"value":${value}}`;
const FACTS = `CONCAT('{${FACT('orderId', `"so', ${N}, '"`)},${[
  FACT('type', '"refund_only"'),
  FACT('status', '"open"'),
  FACT('refundAmountFen', '8900'),
  FACT('paidAmountFen', '8900'),
].join()}}')`;
/** Two hours away, each a hundredth of a second after the one before: sooner than any forecast. */
const BASE = new Date(Date.now() + 7_200_000).toISOString().replace('T', ' ').replace('Z', '');
const DEADLINE = `CAST('${BASE}' AS DATETIME(3)) + INTERVAL n.seq * 10000 MICROSECOND`;

/** Rows that wait at the bench's lane with everything that their claims are judged on; one statement a table. */
const TABLES = [
  `INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, created_at)
   SELECT ${ID}, 'zto', CONCAT('7800', ${N}), 'zto', 1, NOW(3)`,
  `INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, source)
   SELECT ${ID}, NOW(3) - INTERVAL 1 HOUR, NOW(3), 'picked_up', 'request', '', 'request'`,
  `INSERT INTO after_sale (id, shop_id, platform, after_sale_id, order_id, facts, origin, known_at, requested_deadline_at,
     created_at, updated_at)
   SELECT ${ID}, 'shop', 'generic', CONCAT('as', ${N}), CONCAT('so', ${N}), ${FACTS}, 'request', NOW(3), ${DEADLINE},
     NOW(3), NOW(3)`,
  `INSERT INTO parcel_after_sale (parcel_id, after_sale_id, intercept_id, value_fen, created_at)
   SELECT ${ID}, ${ID}, ${ID}, 8900, NOW(3)`,
  `INSERT INTO intercept (id, parcel_id, round, shop_id, platform, carrier, account_id, lane_id, channel, waybill_no, origin,
     request_id, state, reason, value_fen, decision, policy_id, deadline_at, deadline_source, next_at, queued_at, created_at,
     updated_at)
   SELECT ${ID}, ${ID}, 1, 'shop', 'generic', 'zto', '${ACCOUNT_ID}', '${LANE_ID}', 'carrier', CONCAT('7800', ${N}), 'request',
     CONCAT('r', ${N}), 'queued', 'ready', 8900, '{}', 'default', ${DEADLINE}, 'request', NOW(3), NOW(3), NOW(3), NOW(3)`,
] as const;
const PAGE = 20_000;

/** Fills an empty database with so many rows that wait. */
export async function fillBacklog(db: Database, count: number): Promise<void> {
  for (let first = 1; first <= count; first += PAGE) {
    const last = Math.min(first + PAGE - 1, count);
    for (const sql of TABLES) await db.run(`${sql} FROM seq_${first}_to_${last} n`);
  }
  for (const table of ['intercept', 'parcel', 'after_sale', 'parcel_after_sale', 'sighting']) {
    await db.rows(`ANALYZE TABLE ${table}`);
  }
}

/** The number of the n-th parcel, from 1. */
export const waybillOf = (n: number) => `7800${String(n).padStart(10, '0')}`;
