import { matchPath } from 'react-router';
import { PAGE_ROWS, type PageName, type PageRow } from './actions/page-rows.js';
import { type LazyPage, lazyPage } from './place/lazy-page.js';

interface PageEntry extends PageRow, LazyPage<{ readonly id: string }> {
  readonly name: PageName;
}

/** Every page: its row in the table of pages, and its code, fetched when it is first shown. The menu keeps this order. */
export const PAGES: readonly PageEntry[] = [
  {
    name: 'overview',
    ...PAGE_ROWS.overview,
    ...lazyPage(() => import('./overview/overview-page.js'), 'OverviewPage'),
  },
  {
    name: 'intercepts',
    ...PAGE_ROWS.intercepts,
    ...lazyPage(() => import('./intercepts/list-page.js'), 'InterceptListPage'),
  },
  {
    name: 'intercept',
    ...PAGE_ROWS.intercept,
    ...lazyPage(() => import('./intercepts/detail-page.js'), 'InterceptDetailPage'),
  },
  { name: 'tasks', ...PAGE_ROWS.tasks, ...lazyPage(() => import('./tasks/tasks-page.js'), 'TasksPage') },
  { name: 'returns', ...PAGE_ROWS.returns, ...lazyPage(() => import('./returns/returns-page.js'), 'ReturnsPage') },
  { name: 'claims', ...PAGE_ROWS.claims, ...lazyPage(() => import('./claims/claims-page.js'), 'ClaimsPage') },
  { name: 'failed', ...PAGE_ROWS.failed, ...lazyPage(() => import('./failed/failed-page.js'), 'FailedPage') },
  {
    name: 'replays',
    ...PAGE_ROWS.replays,
    ...lazyPage(() => import('./replay/replays-page.js'), 'ReplaysPage'),
  },
  {
    name: 'replay',
    ...PAGE_ROWS.replay,
    ...lazyPage(() => import('./replay/replay-page.js'), 'ReplayPage'),
  },
  { name: 'lanes', ...PAGE_ROWS.lanes, ...lazyPage(() => import('./lanes/lanes-page.js'), 'LanesPage') },
  {
    name: 'policies',
    ...PAGE_ROWS.policies,
    ...lazyPage(() => import('./policies/policies-page.js'), 'PoliciesPage'),
  },
  {
    name: 'scorecards',
    ...PAGE_ROWS.scorecards,
    ...lazyPage(() => import('./scorecards/scorecards-page.js'), 'ScorecardsPage'),
  },
  { name: 'start', ...PAGE_ROWS.start, ...lazyPage(() => import('./start/start-page.js'), 'StartPage') },
  { name: 'imports', ...PAGE_ROWS.imports, ...lazyPage(() => import('./imports/imports-page.js'), 'ImportsPage') },
  { name: 'import', ...PAGE_ROWS.import, ...lazyPage(() => import('./imports/import-page.js'), 'ImportPage') },
  { name: 'fees', ...PAGE_ROWS.fees, ...lazyPage(() => import('./fees/fees-page.js'), 'FeesPage') },
  { name: 'bills', ...PAGE_ROWS.bills, ...lazyPage(() => import('./bills/bills-page.js'), 'BillsPage') },
  {
    name: 'invoices',
    ...PAGE_ROWS.invoices,
    ...lazyPage(() => import('./invoices/invoices-page.js'), 'InvoicesPage'),
  },
  {
    name: 'settings',
    ...PAGE_ROWS.settings,
    ...lazyPage(() => import('./settings/settings-page.js'), 'SettingsPage'),
  },
  { name: 'people', ...PAGE_ROWS.people, ...lazyPage(() => import('./people/people-page.js'), 'PeoplePage') },
  { name: 'audit', ...PAGE_ROWS.audit, ...lazyPage(() => import('./people/audit-page.js'), 'AuditPage') },
  { name: 'me', ...PAGE_ROWS.me, ...lazyPage(() => import('./people/me-page.js'), 'MePage') },
];

/** Begins to fetch the code of the page at this address while it is still being asked who is logged in. */
export function fetchPageAt(path: string): void {
  void PAGES.find((page) => matchPath(page.path, path))?.fetch();
}
