/** Lists mark their rows with this attribute; what `j` and `k` move over. */
const ROWS = 'main [data-row]';

/** Moves the focus to the row after or before the one that has it: to its link, so that Enter opens it. */
export function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const first = step === 1 ? 0 : rows.length - 1;
  const row = rows[at === -1 ? first : at + step];
  if (!row) return;
  const target = row.querySelector<HTMLElement>('a[href]') ?? row.querySelector<HTMLElement>('button') ?? row;
  target.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}
