import type { ActionRow } from '../../src/dashboard/ui/actions/action.js';
import { ACTIONS } from '../../src/dashboard/ui/actions/actions.js';
import { PAGE_ROWS, type PageName } from '../../src/dashboard/ui/actions/page-rows.js';
import { FRAME_TEXTS } from '../../src/dashboard/ui/texts/frame-texts.js';
import { ROLE_SCOPES, type Scope, USER_ROLES, type UserRole } from '../../src/domain/people/scopes.js';
import { table } from './markdown.js';
import { UI_TASKS } from './ui-tasks.js';

const INTRO = `# The operations room 运营室

<!-- Made by \`npm run generate\` from src/dashboard/ui/actions and scripts/render/ui-tasks.ts; edit those. -->

Every page of the admin UI, everything a person can do there, and who may. The server decides, by role and by shop: for a
role without the scope a call is 403, for a person without the shop its object does not exist (404). The UI only hides what
would be refused. Tests hold every row to it: \`test/integration/http/actions.test.ts\` calls every action in every role and
for the wrong shop, \`test/browser/roles.test.ts\` sends every role to every page and looks for the controls.`;

const TASKS = `## How many actions it takes

A click, or typing and Enter, is one. A test does each of these in a browser and counts.`;

const may = (role: UserRole, scope: Scope): string => {
  const scopes: readonly Scope[] = ROLE_SCOPES[role];
  return scopes.includes(scope) ? '✓' : '';
};
const roles = (scope: Scope): string[] => USER_ROLES.map((role) => may(role, scope));
const code = (text: string): string => `\`${text}\``;

function pageSection(page: PageName): string {
  const { path, scope } = PAGE_ROWS[page];
  const { zh, en } = FRAME_TEXTS.nav[page];
  const actions = Object.values<ActionRow>(ACTIONS).filter((action) => action.page === page);
  const rows = [
    ['查看', 'see the page', ...roles(scope), code(scope), ''],
    ...actions.map((action) => [action.zh, action.en, ...roles(action.scope), code(action.scope), code(action.call)]),
  ];
  const head = ['操作', 'Action', ...USER_ROLES, 'Scope', 'Call below `/api/v1`'];
  return `## ${en} ${zh} ${code(path)}\n\n${table(head, rows)}`;
}

/** docs/ui.md, from the tables of pages and actions that the UI and its tests read. */
export function renderUiDoc(): string {
  const pages = (Object.keys(PAGE_ROWS) as PageName[]).map(pageSection);
  const tasks = Object.values(UI_TASKS).map(({ zh, en, most }) => [zh, en, String(most)]);
  return `${[INTRO, ...pages, TASKS, table(['任务', 'Task', 'Actions at most'], tasks)].join('\n\n')}\n`;
}
