import { Suspense } from 'react';
import { Outlet, type RouteObject, ScrollRestoration, useParams, useRouteError } from 'react-router';
import type { Scope } from '../../domain/people/scopes.js';
import { Crash } from './crash.js';
import { Forbidden } from './forbidden.js';
import { NotFound } from './not-found.js';
import { PAGES } from './pages.js';
import { ProblemAlert } from './parts/problem-alert.js';
import { type LazyPage, Shown } from './place/lazy-page.js';
import { usePlace } from './place/place.js';
import { SessionGate, useMay } from './session/session.js';
import { Shell } from './shell.js';
import { useWords } from './texts/i18n.js';

/** What is around every page: the login, the menu, and a word while the code of a page is fetched. */
function Frame() {
  const { t } = useWords();
  return (
    <SessionGate>
      <Shell>
        <Suspense
          fallback={
            <p className="reading" role="status">
              {t('frame.age.reading')}
            </p>
          }
        >
          <Outlet />
        </Suspense>
      </Shell>
      <ScrollRestoration />
    </SessionGate>
  );
}

interface AtProps {
  readonly page: LazyPage<{ readonly id: string }>;
  readonly scope: Scope;
}

/** One page at its address. Its `id` is as it stands in the address, so it is safe to put into another one. */
function At({ page, scope }: AtProps) {
  const { path } = usePlace();
  const { id = '' } = useParams();
  if (!useMay(scope)) return <Forbidden scope={scope} />;
  return (
    <Crash key={path}>
      <Shown page={page} given={{ id: encodeURIComponent(id) }} />
    </Crash>
  );
}

/** The frame itself broke. */
function Broken() {
  const error = useRouteError();
  const problem = error instanceof Error ? error : new Error(String(error));
  return <ProblemAlert problem={problem} onRetry={() => location.reload()} />;
}

/** The table of pages as the router reads it. */
export const ROUTES: RouteObject[] = [
  {
    element: <Frame />,
    errorElement: <Broken />,
    children: [
      ...PAGES.map((page) => ({ path: page.path, element: <At page={page} scope={page.scope} /> })),
      { path: '*', element: <NotFound /> },
    ],
  },
];
