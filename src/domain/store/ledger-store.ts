import { chinaDay } from '../china-time.js';
import { newId } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import { feeEffect, type InterceptState } from '../intercept/machine.js';
import type { Sql } from './database.js';

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

/** No tariff holds for this courier on this day: a configuration error that must not lose a fee in silence. */
class NoTariff extends Error {
  override readonly name = 'NoTariff';
}

/**
 * Makes the ledger agree with the state just reached, in the same transaction: a fee when the stop took, a reversal
 * when it turned out that it had not (R30, R32). Entries are only ever added; the keys refuse a second of the same.
 */
export async function settleFee(tx: Sql, row: Intercept, to: InterceptState, now: Date): Promise<void> {
  const effect = feeEffect(to);
  if (effect === 'keep') return;
  const standing = await standingFee(tx, row.id);
  if ((effect === 'charge') === (standing !== null)) return;
  const entry = standing
    ? { kind: 'reversal', amountFen: standing.amountFen, reverses: standing.id, tariffFrom: null }
    : { kind: 'fee', reverses: null, ...((await statedFee(tx, row.id)) ?? (await tariffOn(tx, row.carrier, now))) };
  await tx.run(
    `INSERT INTO ledger_entry (id, intercept_id, seq, kind, carrier, account_id, shop_id, amount_fen, tariff_from, reverses_id, posted_at)
     SELECT ?, ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ? FROM ledger_entry WHERE intercept_id = ?`,
    [
      newId(),
      row.id,
      entry.kind,
      row.carrier,
      row.accountId,
      row.shopId,
      entry.amountFen,
      entry.tariffFrom,
      entry.reverses,
      now,
      row.id,
    ],
  );
}

/** What the courier or the platform itself said the stop costs, which outweighs the tariff (R31); null: it said nothing. */
async function statedFee(tx: Sql, interceptId: string): Promise<{ amountFen: number; tariffFrom: null } | null> {
  const rows = await tx.rows<{ amountFen: number | null }>(
    'SELECT stated_fee_fen AS amountFen FROM intercept WHERE id = ?',
    [interceptId],
  );
  const amountFen = rows[0]?.amountFen ?? null;
  return amountFen === null ? null : { amountFen, tariffFrom: null };
}

/** The tariff of the day in China, read in the transaction that posts, so that the amount is the one in force (R31). */
async function tariffOn(tx: Sql, carrier: string, now: Date): Promise<{ amountFen: number; tariffFrom: string }> {
  const rows = await tx.rows<{ feeFen: number; validFrom: string }>(
    `SELECT fee_fen AS feeFen, DATE_FORMAT(valid_from, '%Y-%m-%d') AS validFrom FROM tariff
     WHERE carrier = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1`,
    [carrier, chinaDay(now)],
  );
  const tariff = rows[0];
  if (!tariff) throw new NoTariff(`no tariff for courier ${carrier} on ${chinaDay(now)}; add one with jiejian apply`);
  return { amountFen: tariff.feeFen, tariffFrom: tariff.validFrom };
}
