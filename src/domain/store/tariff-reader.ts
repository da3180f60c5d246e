import type { TariffConditions } from '../money/tariff.js';
import type { TariffRow } from '../settings/settings.js';
import type { Sql } from './database.js';
import { Where } from './where.js';

/** The prices that were ever agreed, by courier and day; those of one courier until a day, if asked for. */
export async function readTariffs(
  sql: Sql,
  of?: { readonly carrier: string; readonly day: string },
): Promise<TariffRow[]> {
  const where = new Where().andIf(of?.carrier, 'carrier = ?').andIf(of?.day, 'valid_from <= ?');
  const rows = await sql.rows<Omit<TariffRow, 'when'> & { readonly conditions: string }>(
    `SELECT carrier, fee_fen AS feeFen, DATE_FORMAT(valid_from, '%Y-%m-%d') AS \`from\`, conditions
     FROM tariff ${where.sql} ORDER BY carrier, valid_from, conditions`,
    where.values,
  );
  return rows.map(({ conditions, ...row }) =>
    conditions === '' ? row : { ...row, when: JSON.parse(conditions) as TariffConditions },
  );
}
