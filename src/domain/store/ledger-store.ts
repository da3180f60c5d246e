import { chinaDay } from '../china-time.js';
import { laneCarrier, newId } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import { feeEffect, type InterceptState } from '../intercept/machine.js';
import { conditionsText, type Freight, feeOn } from '../money/tariff.js';
import type { TariffRow } from '../settings/settings.js';
import type { Sql } from './database.js';
import { readTariffs } from './tariff-reader.js';

interface StandingFee {
  readonly id: string;
  readonly amountFen: number;
}

/** The fee entry of an intercept that no reversal names, if there is one. */
async function standingFee(tx: Sql, interceptId: string): Promise<StandingFee | null> {
  const rows = await tx.rows<StandingFee>(
    `SELECT f.id, f.amount_fen AS amountFen FROM ledger_entry f
     LEFT JOIN ledger_entry r ON r.reverses_id = f.id
     WHERE f.intercept_id = ? AND f.kind = 'fee' AND r.id IS NULL`,
    [interceptId],
  );
  return rows[0] ?? null;
}

/** Was this fee let go of by a correction? Then nothing brings it back. */
async function isWaived(tx: Sql, interceptId: string): Promise<boolean> {
  const rows = await tx.rows(
    "SELECT 1 FROM fee_correction WHERE intercept_id = ? AND state = 'posted' AND to_fen = 0 LIMIT 1",
    [interceptId],
  );
  return rows.length > 0;
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

/** Adds entries to the ledger of one intercept, whose row the caller holds. The keys refuse a second of the same. */
export async function post(tx: Sql, row: FeeOwner, entries: readonly NewEntry[], now: Date): Promise<void> {
  for (const { kind, amountFen, tariff, tariffFen, reverses, correctionId } of entries) {
    await tx.run(
      `INSERT INTO ledger_entry (id, intercept_id, seq, kind, carrier, account_id, shop_id, biller, amount_fen, tariff_from,
         tariff_conditions, tariff_fen, reverses_id, correction_id, posted_at)
       SELECT ?, ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM ledger_entry WHERE intercept_id = ?`,
      [
        newId(),
        row.id,
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
        row.id,
      ],
    );
  }
}

/**
 * Makes the ledger agree with the state just reached, in the same transaction: a fee when the stop took, a reversal
 * when it turned out that it had not (R30, R32). Entries are only ever added.
 */
export async function settleFee(tx: Sql, row: Intercept, to: InterceptState, now: Date): Promise<void> {
  const effect = feeEffect(to);
  if (effect === 'keep') return;
  const standing = await standingFee(tx, row.id);
  if ((effect === 'charge') === (standing !== null)) return;
  if (standing) {
    const reversal = { tariff: null, tariffFen: null, reverses: standing.id, correctionId: null } as const;
    return post(tx, row, [{ kind: 'reversal', amountFen: standing.amountFen, ...reversal }], now);
  }
  if (await isWaived(tx, row.id)) return;
  return post(tx, row, [await feeOf(tx, row, now)], now);
}

/**
 * What one stop costs: the amount that the courier or the platform stated with its answer, which outweighs the tariff and
 * keeps it beside, else the tariff of the day in China, read in the transaction that posts (R31).
 */
async function feeOf(tx: Sql, row: Intercept, now: Date): Promise<NewEntry> {
  const day = chinaDay(now);
  const [known] = await tx.rows<{ statedFen: number | null; freight: string | null }>(
    `SELECT i.stated_fee_fen AS statedFen, p.freight FROM intercept i LEFT JOIN parcel p ON p.id = i.parcel_id WHERE i.id = ?`,
    [row.id],
  );
  const freight = JSON.parse(known?.freight ?? '{}') as Freight;
  const channel = laneCarrier(row) ?? row.carrier;
  const tariff = feeOn(await readTariffs(tx, { carrier: row.carrier, day }), row.carrier, day, { ...freight, channel });
  const fee = { kind: 'fee', reverses: null, correctionId: null } as const;
  const statedFen = known?.statedFen ?? null;
  if (statedFen !== null) return { ...fee, amountFen: statedFen, tariff: null, tariffFen: tariff?.feeFen ?? null };
  if (!tariff) throw new NoTariff(`no tariff for courier ${row.carrier} on ${day}; add one with jiejian apply`);
  return { ...fee, amountFen: tariff.feeFen, tariff, tariffFen: tariff.feeFen };
}
