import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../http/client.js';

/** Carries out a write; whatever is shown is read anew afterwards, also after a refusal, for then it has changed. */
export function useStep<Body, Answer = unknown>(
  method: 'POST' | 'PATCH' | 'PUT',
  path: string,
  onDone: (answer: Answer) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => call<Answer>(method, path, body),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
  });
}
