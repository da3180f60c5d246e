import { type Request, type RequestHandler, type Response, Router } from 'express';
import { listIntercepts } from '../domain/store/intercept-reader.js';
import { lanesFor } from './api/lane-routes.js';
import type { ApiDeps } from './api/route.js';
import type { InterceptAnswer } from './api/schemas/intercept.js';
import type { LaneAnswer } from './api/schemas/lane.js';
import type { Caller } from './auth/caller.js';
import type { Csrf } from './auth/csrf.js';
import { type Html, html } from './html.js';
import { presentIntercept } from './presenters/intercept.js';
import { START_PAGE_TEXTS, type StartPageTexts } from './start-page-texts.js';

const NEWEST = 20;

/** The page's only script, from its own address: the policy allows none in the page. */
const SCRIPT = `const form = document.querySelector('form');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const logOut = form.dataset.csrf !== undefined;
  const body = logOut ? {} : Object.fromEntries(new FormData(form));
  const headers = { 'Content-Type': 'application/json', ...(logOut ? { 'X-CSRF-Token': form.dataset.csrf } : {}) };
  const url = logOut ? '/api/auth/logout' : '/api/auth/login';
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.ok) location.reload();
  else document.querySelector('[role=alert]').hidden = false;
});
`;

const STYLE = `body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;width:100%;margin-bottom:2rem}
th,td{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left}
form{margin:1rem 0}label{display:block;margin:.5rem 0}input{display:block;font:inherit;padding:.3rem}
button{font:inherit;padding:.3rem 1rem}[role=alert]{color:#b00020}`;

function page(t: StartPageTexts, body: Html): string {
  const { text } = html`<!doctype html>
<html lang="${t.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${t.title}</title><link rel="stylesheet" href="/start-page.css"><script defer src="/start-page.js"></script></head>
<body><h1>${t.title}</h1>${body}</body></html>`;
  return text;
}

function loginForm(t: StartPageTexts): Html {
  return html`<form><label>${t.email}<input name="email" type="email" autocomplete="username" required></label>
<label>${t.password}<input name="password" type="password" autocomplete="current-password" required></label>
<button>${t.logIn}</button><p role="alert" hidden>${t.failed}</p></form>`;
}

function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[], none: string): Html {
  if (rows.length === 0) return html`<p>${none}</p>`;
  return html`<table><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`;
}

interface Shown {
  readonly actor: string;
  readonly csrfToken: string;
  readonly lanes: readonly LaneAnswer[];
  readonly intercepts: readonly InterceptAnswer[];
}

function overview(t: StartPageTexts, shown: Shown): Html {
  const lanes = shown.lanes.map((l) => [l.id, l.waiting, l.held, l.inFlight, l.uncertain, l.breaker]);
  const newest = shown.intercepts.map((i) => {
    const reason = t.lang === 'en' ? i.reasonText.en : i.reasonText.zh;
    return [i.waybillNo, i.carrier, i.state, reason, i.createdAt];
  });
  return html`<form data-csrf="${shown.csrfToken}">${shown.actor} <button>${t.logOut}</button>
<a href="/queues">${t.queues}</a><p role="alert" hidden></p></form>
<h2>${t.lanes}</h2>${table([t.lane, t.waiting, t.held, t.inFlight, t.uncertain, t.breaker], lanes, t.none)}
<h2>${t.newest}</h2>${table([t.waybill, t.carrier, t.state, t.reason, t.createdAt], newest, t.none)}`;
}

async function shownTo(deps: ApiDeps, caller: Caller, csrfToken: string): Promise<Shown> {
  const rows = await listIntercepts(
    deps.db,
    { shops: caller.shops, searchShops: [] },
    { limit: NEWEST, beforeId: null },
  );
  return {
    actor: caller.actor.replace(/^user:/, ''),
    csrfToken,
    lanes: caller.scopes.has('config:read') ? await lanesFor(deps, caller) : [],
    intercepts: caller.scopes.has('intercepts:read') ? rows.map((row) => presentIntercept(row, caller.shops)) : [],
  };
}

/** `/`: the login, and for whoever is logged in the lanes and the newest intercepts. */
export function startPage(deps: ApiDeps, csrf: Csrf, login: readonly RequestHandler[]): Router {
  const show = async (req: Request, res: Response): Promise<void> => {
    const t = START_PAGE_TEXTS[req.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh'];
    const body = req.caller ? overview(t, await shownTo(deps, req.caller, csrf.token(req, res, false))) : loginForm(t);
    res.set('Cache-Control', 'no-store').set('Vary', 'Accept-Language, Cookie').type('html').send(page(t, body));
  };
  return Router()
    .get('/start-page.js', (_req, res) => void res.type('js').send(SCRIPT))
    .get('/start-page.css', (_req, res) => void res.type('css').send(STYLE))
    .get('/', ...login, show);
}
