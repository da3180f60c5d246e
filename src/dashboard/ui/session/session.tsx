import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import type { Scope } from '../../../domain/people/scopes.js';
import type { SessionAnswer, SessionUser } from '../http/answers.js';
import { call, keepCsrfToken } from '../http/client.js';
import { Problem } from '../http/problem.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { useWords } from '../texts/i18n.js';
import { LoginPage } from './login-page.js';

export const SESSION_KEY = ['session'] as const;

/** Who is logged in; `null`: nobody. */
export interface SessionState {
  readonly user: SessionUser | null;
  /** There was a session and it is over: the login says so. */
  readonly ended: boolean;
}

async function readSession(): Promise<SessionState> {
  try {
    const answer = await call<SessionAnswer>('GET', '/api/auth/session');
    keepCsrfToken(answer.csrfToken);
    return { user: answer.user, ended: false };
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return { user: null, ended: false };
    throw error;
  }
}

const UserContext = createContext<SessionUser | null>(null);

/** Shows the login until somebody is logged in, then what is inside. The address stays. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const { t } = useWords();
  const session = useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY });
  if (session.data?.user) return <UserContext value={session.data.user}>{children}</UserContext>;
  if (session.data) {
    const loggedIn = (answer: SessionAnswer) => {
      keepCsrfToken(answer.csrfToken);
      client.setQueryData<SessionState>(SESSION_KEY, { user: answer.user, ended: false });
    };
    return <LoginPage ended={session.data.ended} onLoggedIn={loggedIn} />;
  }
  if (session.error) return <ProblemAlert problem={session.error} onRetry={() => void session.refetch()} />;
  return <p className="reading">{t('frame.age.reading')}</p>;
}

export function useUser(): SessionUser {
  const user = useContext(UserContext);
  if (!user) throw new Error('asked for the user outside of a session');
  return user;
}

/** What this person may do. The server decides; this only spares people buttons that would be refused. */
export function useMay(scope: Scope): boolean {
  return useUser().scopes.includes(scope);
}
