import { chinaDay } from '../china-time.js';
import { laneCarrier, newId } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import { feeEffect, type InterceptState } from '../intercept/machine.js';
import { conditionsText, type Freight, feeOn } from '../money/tariff.js';
import type { TariffRow } from '../settings/settings.js';
import type { Sql } from './database.js';
import { readTariffs } from './tariff-reader.js';

/** What the ledger holds of one intercept: its fee that no reversal names, if there is one, and its newest number. */
interface Booked {
  readonly standing: { readonly id: string; readonly amountFen: number } | null;
  readonly seq: number;
}

async function bookedOf(tx: Sql, interceptIds: readonly string[]): Promise<Map<string, Booked>> {
  const rows = await tx.rows<{
    id: string;
    interceptId: string;
    seq: number;
    kind: string;
    amountFen: number;
    reverses: string | null;
  }>(
    `SELECT id, intercept_id AS interceptId, seq, kind, amount_fen AS amountFen, reverses_id AS reverses FROM ledger_entry
     WHERE intercept_id IN (?) ORDER BY intercept_id, seq`,
    [interceptIds],
  );
  const reversed = new Set(rows.map((row) => row.reverses));
  const found = new Map<string, Booked>();
  for (const { id, interceptId, seq, kind, amountFen } of rows) {
    const stands = kind === 'fee' && !reversed.has(id);
    found.set(interceptId, { standing: stands ? { id, amountFen } : (found.get(interceptId)?.standing ?? null), seq });
  }
  return found;
}

/** Intercepts whose fee was let go of by a correction: nothing brings it back. */
async function waivedOf(tx: Sql, interceptIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    "SELECT DISTINCT intercept_id AS id FROM fee_correction WHERE intercept_id IN (?) AND state = 'posted' AND to_fen = 0",
    [interceptIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** No tariff holds for this courier on this day: a configuration error that must not lose a fee in silence. */
class NoTariff extends Error {
  override readonly name = 'NoTariff';
}

/** One entry as it is booked. `tariffFen`: what the tariff says beside an amount that was stated or corrected. */
export interface NewEntry {
  readonly kind: 'fee' | 'reversal';
  readonly amountFen: number;
  readonly tariff: TariffRow | null;
  readonly tariffFen: number | null;
  readonly reverses: string | null;
  readonly correctionId: string | null;
}

/** Whose bill the entry will be on, and whose fee it is. */
export type FeeOwner = Pick<Intercept, 'id' | 'carrier' | 'accountId' | 'laneId' | 'shopId'>;

/** Adds entries to the ledgers of intercepts whose rows the caller holds. The keys refuse a second of the same. */
export async function post(
  tx: Sql,
  entries: readonly { readonly row: FeeOwner; readonly entry: NewEntry }[],
  now: Date,
  booked?: ReadonlyMap<string, Booked>,
): Promise<void> {
  if (entries.length === 0) return;
  const before = booked ?? (await bookedOf(tx, [...new Set(entries.map(({ row }) => row.id))]));
  const last = new Map([...before].map(([id, { seq }]) => [id, seq]));
  const rows = entries.map(({ row, entry: { kind, amountFen, tariff, tariffFen, reverses, correctionId } }) => {
    const seq = (last.get(row.id) ?? 0) + 1;
    last.set(row.id, seq);
    return [
      newId(),
      row.id,
      seq,
      kind,
      row.carrier,
      row.accountId,
      row.shopId,
      laneCarrier(row) ?? row.carrier,
      amountFen,
      tariff?.from ?? null,
      conditionsText(tariff?.when),
      tariffFen,
      reverses,
      correctionId,
      now,
    ];
  });
  await tx.run(
    `INSERT INTO ledger_entry (id, intercept_id, seq, kind, carrier, account_id, shop_id, biller, amount_fen, tariff_from,
       tariff_conditions, tariff_fen, reverses_id, correction_id, posted_at) VALUES ?`,
    [rows],
  );
}

/**
 * Makes the ledger agree with the states just reached, in the same transaction: a fee when the stop took, a reversal
 * when it turned out that it had not (R30, R32). Entries are only ever added.
 */
export async function settleFees(
  tx: Sql,
  moved: readonly { readonly row: Intercept; readonly to: InterceptState }[],
  now: Date,
): Promise<void> {
  const bearing = moved.filter(({ to }) => feeEffect(to) !== 'keep');
  if (bearing.length === 0) return;
  const booked = await bookedOf(
    tx,
    bearing.map(({ row }) => row.id),
  );
  const standing = (row: Intercept) => booked.get(row.id)?.standing ?? null;
  const charged = bearing.filter(({ row, to }) => feeEffect(to) === 'charge' && !standing(row)).map(({ row }) => row);
  const reversals = bearing.flatMap(({ row, to }) => {
    const fee = standing(row);
    if (feeEffect(to) === 'charge' || !fee) return [];
    const of = { tariff: null, tariffFen: null, reverses: fee.id, correctionId: null } as const;
    return [{ row, entry: { kind: 'reversal', amountFen: fee.amountFen, ...of } as const }];
  });
  await post(tx, [...(await feesOf(tx, charged, now)), ...reversals], now, booked);
}

/**
 * What stops cost: the amount that the courier or the platform stated with its answer, which outweighs the tariff and keeps
 * it beside, else the tariff of the day in China, read in the transaction that posts (R31). None for one that was waived.
 */
async function feesOf(
  tx: Sql,
  rows: readonly Intercept[],
  now: Date,
): Promise<{ readonly row: Intercept; readonly entry: NewEntry }[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const waived = await waivedOf(tx, ids);
  const known = await tx.rows<{ id: string; statedFen: number | null; freight: string | null }>(
    `SELECT i.id, i.stated_fee_fen AS statedFen, p.freight FROM intercept i LEFT JOIN parcel p ON p.id = i.parcel_id
     WHERE i.id IN (?)`,
    [ids],
  );
  const facts = new Map(known.map((row) => [row.id, row]));
  const day = chinaDay(now);
  const tariffs = new Map<string, Awaited<ReturnType<typeof readTariffs>>>();
  for (const carrier of new Set(rows.map((row) => row.carrier))) {
    tariffs.set(carrier, await readTariffs(tx, { carrier, day }));
  }
  return rows
    .filter(({ id }) => !waived.has(id))
    .map((row) => {
      const freight = JSON.parse(facts.get(row.id)?.freight ?? '{}') as Freight;
      const channel = laneCarrier(row) ?? row.carrier;
      const tariff = feeOn(tariffs.get(row.carrier) ?? [], row.carrier, day, { ...freight, channel });
      return { row, entry: feeEntry(row, facts.get(row.id)?.statedFen ?? null, tariff, day) };
    });
}

function feeEntry(row: Intercept, statedFen: number | null, tariff: TariffRow | null, day: string): NewEntry {
  const fee = { kind: 'fee', reverses: null, correctionId: null } as const;
  if (statedFen !== null) return { ...fee, amountFen: statedFen, tariff: null, tariffFen: tariff?.feeFen ?? null };
  if (!tariff) throw new NoTariff(`no tariff for courier ${row.carrier} on ${day}; add one with jiejian apply`);
  return { ...fee, amountFen: tariff.feeFen, tariff, tariffFen: tariff.feeFen };
}
