import { type ComponentType, lazy } from 'react';

type Page = ComponentType<{ readonly id: string }>;

export interface LazyPage {
  readonly Page: Page;
  /** Begins to fetch its code, before anything is known of whoever asks. */
  readonly fetch: () => void;
}

/** Set while a page is loaded anew because one of its files was gone; a second loss is shown instead. */
const RELOADED = 'jiejian-reloaded';

/** A tab that outlived an update asks for files whose names have changed: the page is loaded anew, once. */
export async function orReload<M>(load: () => Promise<M>): Promise<M> {
  try {
    const module = await load();
    sessionStorage.removeItem(RELOADED);
    return module;
  } catch (error) {
    if (sessionStorage.getItem(RELOADED) !== null) throw error;
    sessionStorage.setItem(RELOADED, '1');
    location.reload();
    return new Promise(() => undefined);
  }
}

/** A page whose code is fetched when it is first shown, so that the first page is not paid for with all others. */
export function lazyPage<N extends string>(load: () => Promise<{ readonly [K in N]: Page }>, name: N): LazyPage {
  let fetched: Promise<{ default: Page }> | undefined;
  const fetchOnce = () => {
    fetched ??= orReload(load).then((module) => ({ default: module[name] }));
    return fetched;
  };
  // Whoever shows the page is told if its code cannot be had.
  return { Page: lazy(fetchOnce), fetch: () => void fetchOnce().catch(() => undefined) };
}
