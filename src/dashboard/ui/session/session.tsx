import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, Suspense, useContext } from 'react';
import type { EnvironmentName } from '../../../domain/environment-names.js';
import type { Scope } from '../../../domain/people/scopes.js';
import type { SessionAnswer, SessionUser } from '../http/answers.js';
import { call, keepCsrfToken } from '../http/client.js';
import { Problem } from '../http/problem.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { lazyPage, Shown } from '../place/lazy-page.js';
import { useWords } from '../texts/i18n.js';

/** Whoever is logged in does not wait for the code of the form. */
const LOGIN = lazyPage(() => import('./login-page.js'), 'LoginPage');

export const SESSION_KEY = ['session'] as const;

/** Who is logged in; `null`: nobody. */
export interface SessionState {
  readonly user: SessionUser | null;
  /** There was a session and it is over: the login says so. */
  readonly ended: boolean;
  /** Which installation this is; null: nobody has been told yet. */
  readonly environment: EnvironmentName | null;
}

async function readSession(): Promise<SessionState> {
  try {
    const answer = await call<SessionAnswer>('GET', '/api/auth/session');
    keepCsrfToken(answer.csrfToken);
    return { user: answer.user, ended: false, environment: answer.environment };
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    await LOGIN.fetch();
    return { user: null, ended: false, environment: null };
  }
}

/** Read once; what changes it later says so. */
export const SESSION_QUERY = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: readSession,
  staleTime: Number.POSITIVE_INFINITY,
});

const UserContext = createContext<SessionUser | null>(null);
const EnvironmentContext = createContext<EnvironmentName | null>(null);

/** Shows the login until somebody is logged in, then what is inside. The address stays. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const { t } = useWords();
  const session = useQuery(SESSION_QUERY);
  const reading = <p className="reading">{t('frame.age.reading')}</p>;
  if (session.data?.user) {
    const { user, environment } = session.data;
    return (
      <UserContext value={user}>
        <EnvironmentContext value={environment}>{children}</EnvironmentContext>
      </UserContext>
    );
  }
  if (session.data) {
    const loggedIn = (answer: SessionAnswer) => {
      keepCsrfToken(answer.csrfToken);
      const { user, environment } = answer;
      client.setQueryData<SessionState>(SESSION_KEY, { user, ended: false, environment });
    };
    return (
      <Suspense fallback={reading}>
        <Shown page={LOGIN} given={{ ended: session.data.ended, onLoggedIn: loggedIn }} />
      </Suspense>
    );
  }
  if (session.error) return <ProblemAlert problem={session.error} onRetry={() => void session.refetch()} />;
  return reading;
}

export function useUser(): SessionUser {
  const user = useContext(UserContext);
  if (!user) throw new Error('asked for the user outside of a session');
  return user;
}

/** Which installation this page belongs to. */
export function useEnvironment(): EnvironmentName | null {
  return useContext(EnvironmentContext);
}

/** What this person may do. The server decides; this only spares people buttons that would be refused. */
export function useMay(scope: Scope): boolean {
  return useUser().scopes.includes(scope);
}
