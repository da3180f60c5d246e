import type { Scope } from '../../../domain/people/scopes.js';

export interface PageRow {
  readonly path: string;
  /** Without it the menu does not offer the page; the server refuses what is on it anyway. */
  readonly scope: Scope;
  readonly inMenu: boolean;
}

/** Every page of the UI by its name in the texts (`frame.nav.<name>`); its code stands in ui/pages.ts. */
export const PAGE_ROWS = {
  overview: { path: '/', scope: 'intercepts:read', inMenu: true },
  intercepts: { path: '/intercepts', scope: 'intercepts:read', inMenu: true },
  intercept: { path: '/intercepts/:id', scope: 'intercepts:read', inMenu: false },
  tasks: { path: '/tasks', scope: 'intercepts:read', inMenu: true },
  returns: { path: '/returns', scope: 'intercepts:read', inMenu: true },
  claims: { path: '/claims', scope: 'money:read', inMenu: true },
  failed: { path: '/failed', scope: 'intercepts:write', inMenu: true },
  replays: { path: '/replays', scope: 'intercepts:read', inMenu: true },
  replay: { path: '/replays/:id', scope: 'intercepts:read', inMenu: false },
  lanes: { path: '/lanes', scope: 'config:read', inMenu: true },
  policies: { path: '/policies', scope: 'config:read', inMenu: true },
  scorecards: { path: '/scorecards', scope: 'intercepts:read', inMenu: true },
  start: { path: '/start', scope: 'intercepts:write', inMenu: true },
  imports: { path: '/imports', scope: 'intercepts:read', inMenu: true },
  import: { path: '/imports/:id', scope: 'intercepts:read', inMenu: false },
  fees: { path: '/fees', scope: 'money:read', inMenu: true },
  bills: { path: '/bills', scope: 'money:read', inMenu: true },
  invoices: { path: '/invoices', scope: 'money:read', inMenu: true },
  settings: { path: '/settings', scope: 'config:read', inMenu: true },
  people: { path: '/people', scope: 'people:write', inMenu: true },
  audit: { path: '/audit', scope: 'audit:read', inMenu: true },
  me: { path: '/me', scope: 'intercepts:read', inMenu: true },
} as const satisfies Record<string, PageRow>;

export type PageName = keyof typeof PAGE_ROWS;
