import type { Database } from '../../src/domain/store/database.js';
import { ACCOUNT_ID, LANE_ID } from '../rig/settings.js';

/** The number of a row as it stands in all its ids. */
const N = `LPAD(n.seq, 10, '0')`;
const ID = `CONCAT('01bench000000000', ${N})`;
const BORN = `NOW(3) - INTERVAL (1000000000 - n.seq * 50) MICROSECOND - INTERVAL 30 DAY`;
/** Mostly over, as in a real database: what is live is a few in a hundred, what is lost a few in a thousand. */
const STATE = `ELT(1 + LEAST(n.seq % 1000, 5), 'uncertain', 'needs_review', 'queued', 'accepted', 'missed',
  IF(n.seq % 10 < 7, 'returned', IF(n.seq % 10 < 9, 'refused', 'withdrawn')))`;
const FACTS = `CONCAT('{"orderId":{"atMs":1,"value":"so', ${N}, '"}}')`;

/** One statement a table, made inside the server (MariaDB's sequence tables), rows `from` to `to`. */
const TABLES = [
  `INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, created_at)
   SELECT ${ID}, 'zto', CONCAT('7300', ${N}), 'zto', 1, ${BORN}`,
  `INSERT INTO after_sale (id, shop_id, platform, after_sale_id, order_id, facts, origin, known_at, created_at, updated_at)
   SELECT ${ID}, 'bench-shop', 'generic', CONCAT('as', ${N}), CONCAT('so', ${N}), ${FACTS}, 'event', ${BORN}, ${BORN}, ${BORN}`,
  `INSERT INTO parcel_after_sale (parcel_id, after_sale_id, intercept_id, created_at) SELECT ${ID}, ${ID}, ${ID}, ${BORN}`,
  `INSERT INTO intercept (id, parcel_id, round, shop_id, platform, carrier, account_id, lane_id, channel, waybill_no, origin,
     request_id, state, reason, value_fen, decision, deadline_at, deadline_source, created_at, updated_at)
   SELECT ${ID}, ${ID}, 1, 'bench-shop', 'generic', 'zto', '${ACCOUNT_ID}', '${LANE_ID}', 'carrier', CONCAT('7300', ${N}),
     'event', CONCAT('r', ${N}), ${STATE}, 'courier_accepted', 8900, REPEAT('x', 1000), NOW(3) + INTERVAL 1 DAY, 'forecast',
     ${BORN}, ${BORN}`,
  `INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at, finished_at, outcome, raw_code)
   SELECT ${ID}, 1, 'send', 1, CONCAT('r', ${N}), ${BORN}, ${BORN}, 'accepted', 'SYS000'`,
  `INSERT INTO transition (intercept_id, version, epoch, from_state, event, to_state, actor, reason, at)
   SELECT ${ID}, 1, 0, NULL, 'open', 'queued', 'system', 'ready', ${BORN}`,
  `INSERT INTO ledger_entry (id, intercept_id, seq, kind, carrier, account_id, shop_id, amount_fen, posted_at)
   SELECT ${ID}, ${ID}, 1, 'fee', 'zto', '${ACCOUNT_ID}', 'bench-shop', 300, ${BORN}`,
] as const;
const PAGE = 20_000;

/** Adds intercepts with everything that belongs to them, up to `count` of them. */
export async function fillUp(db: Database, from: number, count: number): Promise<void> {
  for (let first = from + 1; first <= count; first += PAGE) {
    const last = Math.min(first + PAGE - 1, count);
    for (const sql of TABLES) await db.run(`${sql} FROM seq_${first}_to_${last} n`);
  }
  for (const table of ['intercept', 'parcel', 'after_sale', 'parcel_after_sale', 'attempt', 'ledger_entry']) {
    await db.rows(`ANALYZE TABLE ${table}`);
  }
}

/** The id of the n-th row. */
export const idOf = (n: number) => `01bench000000000${String(n).padStart(10, '0')}`;
