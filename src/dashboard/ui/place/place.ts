import { useSyncExternalStore } from 'react';

/** Where the browser is: pages and filters live in the address, so they survive a reload and can be sent to others. */
export interface Place {
  readonly path: string;
  readonly search: URLSearchParams;
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export function usePlace(): Place {
  const href = useSyncExternalStore(subscribe, () => `${location.pathname}${location.search}`);
  const [path = '/', search = ''] = href.split('?', 2);
  return { path, search: new URLSearchParams(search) };
}

/** Goes to an address of ours without loading the page anew; `replace` leaves no trace in the history. */
export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', to);
  else history.replaceState(null, '', to);
  for (const listener of listeners) listener();
}
