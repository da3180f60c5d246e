import type { ComponentType } from 'react';
import type { Scope } from '../../domain/people/scopes.js';
import { FailedPage } from './failed/failed-page.js';
import { InterceptDetailPage } from './intercepts/detail-page.js';
import { InterceptListPage } from './intercepts/list-page.js';
import { LanesPage } from './lanes/lanes-page.js';
import { OverviewPage } from './overview/overview-page.js';
import { StartPage } from './start/start-page.js';
import { TasksPage } from './tasks/tasks-page.js';

interface PageRow {
  readonly path: string;
  /** Its name in the texts: `frame.nav.<name>`. */
  readonly name: 'overview' | 'intercepts' | 'intercept' | 'tasks' | 'failed' | 'lanes' | 'start';
  /** Without it the menu does not offer the page; the server refuses what is on it anyway. */
  readonly scope: Scope;
  readonly inMenu: boolean;
  readonly Page: ComponentType<{ readonly id: string }>;
}

/** Every page: its address, who may see it, and its code. */
export const PAGES: readonly PageRow[] = [
  {
    path: '/',
    name: 'overview',
    scope: 'intercepts:read',
    inMenu: true,
    Page: OverviewPage,
  },
  {
    path: '/intercepts',
    name: 'intercepts',
    scope: 'intercepts:read',
    inMenu: true,
    Page: InterceptListPage,
  },
  {
    path: '/intercepts/:id',
    name: 'intercept',
    scope: 'intercepts:read',
    inMenu: false,
    Page: InterceptDetailPage,
  },
  {
    path: '/tasks',
    name: 'tasks',
    scope: 'intercepts:read',
    inMenu: true,
    Page: TasksPage,
  },
  {
    path: '/failed',
    name: 'failed',
    scope: 'intercepts:write',
    inMenu: true,
    Page: FailedPage,
  },
  {
    path: '/lanes',
    name: 'lanes',
    scope: 'config:read',
    inMenu: true,
    Page: LanesPage,
  },
  {
    path: '/start',
    name: 'start',
    scope: 'intercepts:write',
    inMenu: true,
    Page: StartPage,
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
