import { useSyncExternalStore } from 'react';
import { ALWAYS, COLUMN_NAMES, type ColumnName, USUAL } from './columns.js';

/** Kept by the browser: a way of looking, not a place, so it does not go along with a link. */
const KEPT_AS = 'jiejian-columns';
const listeners = new Set<() => void>();
/** The text that was read last and what it means: the same array as long as nothing changes. */
let read: { readonly text: string | null; readonly columns: readonly ColumnName[] } = { text: null, columns: USUAL };

function columnsIn(text: string | null): readonly ColumnName[] {
  if (text === null) return USUAL;
  const named = text.split(',');
  return COLUMN_NAMES.filter((name) => name === ALWAYS || named.includes(name));
}

function current(): readonly ColumnName[] {
  const text = localStorage.getItem(KEPT_AS);
  if (text !== read.text) read = { text, columns: columnsIn(text) };
  return read.columns;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab may choose too.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export function useChosenColumns(): readonly ColumnName[] {
  return useSyncExternalStore(subscribe, current);
}

/** Shows these columns from now on; null: the usual ones. */
export function chooseColumns(names: readonly ColumnName[] | null): void {
  if (names === null) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, names.join(','));
  for (const listener of listeners) listener();
}
