import { grouped } from '../grouped.js';
import { type MatchedCharge, matchParcel } from '../money/match.js';
import type { Database, Sql } from './database.js';

/** Waybills laid against one another at a time. */
const PAGE = 500;

interface LineRow {
  readonly source: string;
  readonly key: string;
  readonly billId: string;
  readonly line: number;
  readonly waybillNo: string;
  readonly amountFen: number;
  readonly period: string;
  readonly entryId: string | null;
  /** Of a month that was closed, or of a fee on an invoice: it stays as it is. */
  readonly fixed: number;
}

interface RoundRow {
  readonly parcelId: string;
  readonly carrier: string;
  readonly waybillNo: string;
  readonly interceptId: string;
  readonly shopId: string;
  readonly lane: string | null;
  readonly asked: number;
}

interface FeeRow {
  readonly entryId: string;
  readonly interceptId: string;
  readonly amountFen: number;
  readonly reversed: number;
}

const lines = (tx: Sql, waybills: readonly string[]) =>
  tx.rows<LineRow>(
    `SELECT l.source, l.line_key AS \`key\`, l.bill_id AS billId, l.line, l.waybill_no AS waybillNo, l.amount_fen AS amountFen,
       l.period, l.entry_id AS entryId, (m.closed_at IS NOT NULL OR e.invoice_id IS NOT NULL) AS fixed
     FROM bill_line l LEFT JOIN bill_month m ON m.source = l.source AND m.period = l.period
       LEFT JOIN ledger_entry e ON e.id = l.entry_id
     WHERE l.waybill_no IN (?) ORDER BY l.id`,
    [waybills],
  );

const rounds = (tx: Sql, waybills: readonly string[]) =>
  tx.rows<RoundRow>(
    `SELECT i.parcel_id AS parcelId, i.carrier, i.waybill_no AS waybillNo, i.id AS interceptId, i.shop_id AS shopId,
       n.carrier AS lane, (i.origin = 'external' OR i.accepted_at IS NOT NULL
         OR EXISTS (SELECT 1 FROM attempt a WHERE a.intercept_id = i.id AND a.kind = 'send')) AS asked
     FROM intercept i LEFT JOIN lane n ON n.id = i.lane_id WHERE i.waybill_no IN (?) ORDER BY i.id`,
    [waybills],
  );

const feesOf = (tx: Sql, interceptIds: readonly string[]) =>
  interceptIds.length === 0
    ? []
    : tx.rows<FeeRow>(
        `SELECT e.id AS entryId, e.intercept_id AS interceptId, e.amount_fen AS amountFen,
           EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.id) AS reversed
         FROM ledger_entry e WHERE e.intercept_id IN (?) AND e.kind = 'fee' ORDER BY e.id`,
        [interceptIds],
      );

/**
 * The parcel a line is about, among those of its number: the same digits at two couriers are two parcels (R66). First the
 * one that was asked of this biller, then the courier's own, then the only one there is; null: none of ours.
 */
function parcelOf(line: LineRow, known: readonly RoundRow[]): string | null {
  const asked = known.find(({ lane }) => lane === line.source) ?? known.find(({ carrier }) => carrier === line.source);
  if (asked) return asked.parcelId;
  const parcels = new Set(known.map(({ parcelId }) => parcelId));
  return parcels.size === 1 ? (known[0]?.parcelId ?? null) : null;
}

type Found = MatchedCharge & Pick<RoundRow, 'interceptId' | 'shopId'>;
type Verification = 'matched' | 'disputed' | 'unverified';

/** Matches these numbers over all bills and writes down what each line and each fee was found to be. */
function matchPage(db: Database, waybills: readonly string[]): Promise<void> {
  return db.transaction(async (tx) => {
    const charged = await lines(tx, waybills);
    const known = await rounds(tx, waybills);
    const fees = await feesOf(
      tx,
      known.map(({ interceptId }) => interceptId),
    );
    const ofParcel = grouped(known, ({ parcelId }) => parcelId);
    const ofNumber = grouped(known, ({ waybillNo }) => waybillNo);
    const byParcel = grouped(
      charged,
      (line) => parcelOf(line, ofNumber.get(line.waybillNo) ?? []) ?? `unknown ${line.source} ${line.waybillNo}`,
    );
    const taken = new Set(charged.flatMap(({ fixed, entryId }) => (fixed && entryId ? [entryId] : [])));
    const found = new Map<string, Found | MatchedCharge>();
    const free = fees.filter(({ entryId }) => !taken.has(entryId));
    const verified = new Map(free.map(({ entryId }): [string, Verification] => [entryId, 'unverified']));
    for (const parcelId of new Set([...byParcel.keys(), ...ofParcel.keys()])) {
      const own = ofParcel.get(parcelId) ?? [];
      const ids = new Set(own.map(({ interceptId }) => interceptId));
      const due = free.filter(({ interceptId, reversed }) => ids.has(interceptId) && reversed === 0);
      const matched = matchParcel({
        asked: own.some(({ asked }) => asked !== 0),
        fees: due,
        charges: (byParcel.get(parcelId) ?? []).filter(({ fixed }) => fixed === 0).map(nameOf),
      });
      for (const one of matched.charges) {
        const feeOf = due.find(({ entryId }) => entryId === one.entryId);
        const round = own.find(({ interceptId }) => interceptId === feeOf?.interceptId) ?? own.at(-1);
        found.set(one.key, round ? { ...one, interceptId: round.interceptId, shopId: round.shopId } : one);
        if (one.entryId !== null) verified.set(one.entryId, one.class === 'agrees' ? 'matched' : 'disputed');
      }
    }
    await writeLines(tx, charged, found);
    await writeVerification(tx, verified);
  });
}

const nameOf = ({ source, key, amountFen }: LineRow) => ({ key: `${source} ${key}`, amountFen });

async function writeLines(tx: Sql, charged: readonly LineRow[], found: ReadonlyMap<string, Found | MatchedCharge>) {
  const rows = charged.flatMap((line) => {
    const now = found.get(nameOf(line).key);
    if (!now) return [];
    const [interceptId, shopId] = 'interceptId' in now ? [now.interceptId, now.shopId] : [null, null];
    const { source, key, billId, line: at, waybillNo, amountFen, period } = line;
    return [
      [source, key, billId, at, waybillNo, amountFen, period, now.class, now.dueFen, now.entryId, interceptId, shopId],
    ];
  });
  if (rows.length === 0) return;
  await tx.run(
    `INSERT INTO bill_line (source, line_key, bill_id, line, waybill_no, amount_fen, period, class, due_fen, entry_id, intercept_id, shop_id)
     VALUES ? ON DUPLICATE KEY UPDATE class = VALUES(class), due_fen = VALUES(due_fen), entry_id = VALUES(entry_id),
       intercept_id = VALUES(intercept_id), shop_id = VALUES(shop_id)`,
    [rows],
  );
}

async function writeVerification(tx: Sql, verified: ReadonlyMap<string, Verification>): Promise<void> {
  for (const [verification, entries] of grouped([...verified], ([, name]) => name)) {
    await tx.run('UPDATE ledger_entry SET verification = ? WHERE id IN (?) AND verification <> ?', [
      verification,
      entries.map(([entryId]) => entryId),
      verification,
    ]);
  }
}

/** Lays what was asked, what was done and what was charged for these numbers against one another (R35); any number. */
export async function matchWaybills(db: Database, waybills: readonly string[]): Promise<void> {
  for (let at = 0; at < waybills.length; at += PAGE) await matchPage(db, waybills.slice(at, at + PAGE));
}

/** The same for every number in a month of a biller. `onProgress`: how many are done. */
export async function matchMonth(
  db: Database,
  of: { readonly source: string; readonly period: string },
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  for (let last = '', done = 0; ; ) {
    const page = await db.rows<{ waybillNo: string }>(
      `SELECT DISTINCT waybill_no AS waybillNo FROM bill_line
       WHERE source = ? AND period = ? AND waybill_no > ? ORDER BY waybill_no LIMIT ${PAGE}`,
      [of.source, of.period, last],
    );
    if (page.length === 0) return;
    await matchPage(
      db,
      page.map(({ waybillNo }) => waybillNo),
    );
    last = page.at(-1)?.waybillNo ?? last;
    done += page.length;
    onProgress(done);
  }
}
