import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

type Page = ComponentType<{ readonly id: string }>;

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
export function lazyPage<N extends string>(
  load: () => Promise<{ readonly [K in N]: Page }>,
  name: N,
): LazyExoticComponent<Page> {
  return lazy(async () => {
    const module: { readonly [K in N]: Page } = await orReload(load);
    const page: Page = module[name];
    return { default: page };
  });
}
