import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { SESSION_KEY, type SessionState } from '../session/session.js';
import { Problem } from './problem.js';

/** What failed once will fail again at once, unless nobody answered or the server asks for patience. */
function mayRetry(failures: number, error: Error): boolean {
  return error instanceof Problem && (error.status === 0 || error.status === 503) && failures < 1;
}

/** The one client of this window: what was read, and what to do when the session is over. */
export function makeClient(): QueryClient {
  // An answer "not logged in" anywhere means that the session is over.
  const onError = (error: Error) => {
    const session = client.getQueryData<SessionState>(SESSION_KEY);
    if (!(error instanceof Problem) || error.status !== 401 || !session?.user) return;
    client.setQueryData<SessionState>(SESSION_KEY, { ...session, user: null, ended: true });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Back on the network everything is read at once: what stands there may be old, whatever the intervals say (R79).
      queries: { retry: mayRetry, networkMode: 'always', refetchOnReconnect: true },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
