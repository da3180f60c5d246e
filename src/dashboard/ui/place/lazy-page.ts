import { type ComponentType, createElement, lazy, useState } from 'react';

/** A component whose code is fetched when it is first shown, or before. */
export interface LazyPage<P> {
  /** The component itself once its code is there; until then one that waits for it. */
  readonly component: () => ComponentType<P>;
  /** Begins to fetch its code; settles when it is there, or cannot be had: whoever shows the page is told then. */
  readonly fetch: () => Promise<void>;
}

/** Set while a page is loaded anew because one of its files was gone; a second loss is shown instead. */
const RELOADED = 'jiejian-reloaded';

/** A tab that outlived an update asks for files whose names have changed: the page is loaded anew, once. */
async function orReload<M>(load: () => Promise<M>): Promise<M> {
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
export function lazyPage<N extends string, P extends object = { readonly id: string }>(
  load: () => Promise<{ readonly [K in N]: ComponentType<P> }>,
  name: N,
): LazyPage<P> {
  let fetching: Promise<{ default: ComponentType<P> }> | undefined;
  let there: ComponentType<P> | undefined;
  const fetchOnce = () => {
    fetching ??= orReload(load).then((module) => {
      there = module[name];
      return { default: module[name] };
    });
    return fetching;
  };
  const Later: ComponentType<P> = lazy(fetchOnce);
  return {
    component: () => there ?? Later,
    fetch: () =>
      fetchOnce().then(
        () => undefined,
        () => undefined,
      ),
  };
}

interface ShownProps<P> {
  readonly page: LazyPage<P>;
  readonly given: P;
}

/** Shows it. What is there already is shown at once: React holds back for 300 ms what it has shown a waiting word for. */
export function Shown<P extends object>({ page, given }: ShownProps<P>) {
  // Chosen once: another component in its place would begin anew.
  const [Component] = useState(() => page.component());
  return createElement(Component, given);
}
