import type { SqlValue } from './database.js';

/** A piece of SQL with its values. */
export interface Piece {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const same = (a: SqlValue, b: SqlValue) => (a instanceof Date && b instanceof Date ? +a === +b : a === b);

/**
 * The value of each row of a statement about many: one placeholder when all have the same, else a CASE over `key`.
 * A row that is not named gets NULL, so the statement must name its rows.
 */
export function each(key: string, rows: readonly (readonly [id: string, value: SqlValue])[]): Piece {
  const [first] = rows;
  if (!first) throw new Error('no rows, no values');
  if (rows.every(([, value]) => same(value, first[1]))) return { sql: '?', values: [first[1]] };
  return { sql: `CASE ${key} ${'WHEN ? THEN ? '.repeat(rows.length)}END`, values: rows.flat() };
}

/** What each of these rows is set to, in one SET list: all must name the same columns. */
export function assignEach(
  key: string,
  rows: readonly { readonly id: string; readonly columns: Readonly<Record<string, SqlValue>> }[],
): Piece {
  const names = Object.keys(rows[0]?.columns ?? {});
  const pieces = names.map((name) =>
    each(
      key,
      rows.map(({ id, columns }) => [id, columns[name] ?? null]),
    ),
  );
  return {
    sql: names.map((name, at) => `${name} = ${pieces[at]?.sql}`).join(', '),
    values: pieces.flatMap(({ values }) => values),
  };
}
