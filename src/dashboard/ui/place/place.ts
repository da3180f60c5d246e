import { createBrowserRouter, type RouteObject, useLocation } from 'react-router';

/** Where the browser is: pages and filters live in the address, so they survive a reload and can be sent to others. */
export interface Place {
  readonly path: string;
  readonly search: URLSearchParams;
}

type Router = ReturnType<typeof createBrowserRouter>;

/** The one router of this window. What it shows is given by app.tsx, so that pages may import this file. */
let router: Router | null = null;

export function startRouter(routes: RouteObject[]): Router {
  router = createBrowserRouter(routes);
  return router;
}

export function usePlace(): Place {
  const { pathname, search } = useLocation();
  return { path: pathname, search: new URLSearchParams(search) };
}

/**
 * Goes to an address of ours without loading the page anew; `replace` leaves no trace in the history. Another page
 * begins at its top; a change of filters leaves the view where it is.
 */
export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (!router) throw new Error('go() before the router was started');
  const samePage = to.split(/[?#]/, 1)[0] === router.state.location.pathname;
  void router.navigate(to, { replace: how === 'replace', preventScrollReset: samePage });
}
