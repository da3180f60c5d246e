import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../http/client.js';
import { SESSION_KEY, type SessionState } from './session.js';

/** Ends the session and forgets everything that was read in it. */
export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<void>('POST', '/api/auth/logout', {}),
    onSettled: () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
      client.setQueryData<SessionState>(SESSION_KEY, { user: null, ended: false, environment: null });
    },
  });
}
