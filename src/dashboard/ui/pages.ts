import { type ComponentType, lazy } from 'react';
import type { Scope } from '../../domain/people/scopes.js';

interface PageRow {
  readonly path: string;
  /** Its name in the texts: `frame.nav.<name>`. */
  readonly name: 'overview' | 'intercepts' | 'intercept' | 'tasks' | 'failed' | 'lanes' | 'start';
  /** Without it the menu does not offer the page; the server refuses what is on it anyway. */
  readonly scope: Scope;
  readonly inMenu: boolean;
  readonly Page: ComponentType<{ readonly id: string }>;
}

/** Every page: its address, who may see it, and its code, which is loaded when it is first opened. */
export const PAGES: readonly PageRow[] = [
  {
    path: '/',
    name: 'overview',
    scope: 'intercepts:read',
    inMenu: true,
    Page: lazy(async () => ({ default: (await import('./overview/overview-page.js')).OverviewPage })),
  },
  {
    path: '/intercepts',
    name: 'intercepts',
    scope: 'intercepts:read',
    inMenu: true,
    Page: lazy(async () => ({ default: (await import('./intercepts/list-page.js')).InterceptListPage })),
  },
  {
    path: '/intercepts/:id',
    name: 'intercept',
    scope: 'intercepts:read',
    inMenu: false,
    Page: lazy(async () => ({ default: (await import('./intercepts/detail-page.js')).InterceptDetailPage })),
  },
  {
    path: '/tasks',
    name: 'tasks',
    scope: 'intercepts:read',
    inMenu: true,
    Page: lazy(async () => ({ default: (await import('./tasks/tasks-page.js')).TasksPage })),
  },
  {
    path: '/failed',
    name: 'failed',
    scope: 'intercepts:write',
    inMenu: true,
    Page: lazy(async () => ({ default: (await import('./failed/failed-page.js')).FailedPage })),
  },
  {
    path: '/lanes',
    name: 'lanes',
    scope: 'config:read',
    inMenu: true,
    Page: lazy(async () => ({ default: (await import('./lanes/lanes-page.js')).LanesPage })),
  },
  {
    path: '/start',
    name: 'start',
    scope: 'intercepts:write',
    inMenu: true,
    Page: lazy(async () => ({ default: (await import('./start/start-page.js')).StartPage })),
  },
];

/** The page of an address, with what its `:id` stands for, as it is written in the address. */
export function pageAt(path: string): { readonly page: PageRow; readonly id: string } | null {
  for (const page of PAGES) {
    if (page.path === path) return { page, id: '' };
    const [before, after] = page.path.split(':id', 2);
    if (after === undefined || before === undefined || !path.startsWith(before)) continue;
    const id = path.slice(before.length);
    if (id !== '' && !id.includes('/')) return { page, id };
  }
  return null;
}
