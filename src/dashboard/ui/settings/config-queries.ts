import { useQuery } from '@tanstack/react-query';
import type { ConfigAnswer, FormsAnswer } from '../http/answers.js';
import { call } from '../http/client.js';
import { useLive } from '../http/live.js';

/** The configuration as this person may see it. */
export function useConfig() {
  return useLive<ConfigAnswer>(['config'], '/api/v1/config');
}

/** What forms are made of: it changes only with a new version of the program. */
export function useForms() {
  return useQuery({
    queryKey: ['config-forms'],
    queryFn: () => call<FormsAnswer>('GET', '/api/v1/config/forms'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
