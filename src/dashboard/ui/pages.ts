import type { ComponentType } from 'react';
import { PAGE_ROWS, type PageName, type PageRow } from './actions/page-rows.js';
import { lazyPage } from './place/lazy-page.js';

interface PageEntry extends PageRow {
  readonly name: PageName;
  readonly Page: ComponentType<{ readonly id: string }>;
}

/** Every page: its row in the table of pages, and its code, fetched when it is first shown. The menu keeps this order. */
export const PAGES: readonly PageEntry[] = [
  {
    name: 'overview',
    ...PAGE_ROWS.overview,
    Page: lazyPage(() => import('./overview/overview-page.js'), 'OverviewPage'),
  },
  {
    name: 'intercepts',
    ...PAGE_ROWS.intercepts,
    Page: lazyPage(() => import('./intercepts/list-page.js'), 'InterceptListPage'),
  },
  {
    name: 'intercept',
    ...PAGE_ROWS.intercept,
    Page: lazyPage(() => import('./intercepts/detail-page.js'), 'InterceptDetailPage'),
  },
  { name: 'tasks', ...PAGE_ROWS.tasks, Page: lazyPage(() => import('./tasks/tasks-page.js'), 'TasksPage') },
  { name: 'failed', ...PAGE_ROWS.failed, Page: lazyPage(() => import('./failed/failed-page.js'), 'FailedPage') },
  {
    name: 'replays',
    ...PAGE_ROWS.replays,
    Page: lazyPage(() => import('./replay/replays-page.js'), 'ReplaysPage'),
  },
  {
    name: 'replay',
    ...PAGE_ROWS.replay,
    Page: lazyPage(() => import('./replay/replay-page.js'), 'ReplayPage'),
  },
  { name: 'lanes', ...PAGE_ROWS.lanes, Page: lazyPage(() => import('./lanes/lanes-page.js'), 'LanesPage') },
  { name: 'start', ...PAGE_ROWS.start, Page: lazyPage(() => import('./start/start-page.js'), 'StartPage') },
  { name: 'imports', ...PAGE_ROWS.imports, Page: lazyPage(() => import('./imports/imports-page.js'), 'ImportsPage') },
  { name: 'import', ...PAGE_ROWS.import, Page: lazyPage(() => import('./imports/import-page.js'), 'ImportPage') },
  { name: 'fees', ...PAGE_ROWS.fees, Page: lazyPage(() => import('./fees/fees-page.js'), 'FeesPage') },
  { name: 'bills', ...PAGE_ROWS.bills, Page: lazyPage(() => import('./bills/bills-page.js'), 'BillsPage') },
  {
    name: 'invoices',
    ...PAGE_ROWS.invoices,
    Page: lazyPage(() => import('./invoices/invoices-page.js'), 'InvoicesPage'),
  },
  {
    name: 'settings',
    ...PAGE_ROWS.settings,
    Page: lazyPage(() => import('./settings/settings-page.js'), 'SettingsPage'),
  },
  { name: 'people', ...PAGE_ROWS.people, Page: lazyPage(() => import('./people/people-page.js'), 'PeoplePage') },
  { name: 'audit', ...PAGE_ROWS.audit, Page: lazyPage(() => import('./people/audit-page.js'), 'AuditPage') },
  { name: 'me', ...PAGE_ROWS.me, Page: lazyPage(() => import('./people/me-page.js'), 'MePage') },
];
