/** Rows of one statement or commit: more would hold their locks for long. */
const PAGE = 200;

/** Does the work page by page, one after the other; returns what the pages come to together. */
export async function byPages<T>(rows: readonly T[], work: (page: readonly T[]) => Promise<number>): Promise<number> {
  let done = 0;
  for (let from = 0; from < rows.length; from += PAGE) done += await work(rows.slice(from, from + PAGE));
  return done;
}
