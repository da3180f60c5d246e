import { useUser } from '../session/session.js';
import { ACTIONS, type ActionName } from './actions.js';

/** May this person do it? And the mark of its control, by which tests and people who look at the page find it. */
export function useAct(name: ActionName): {
  readonly may: boolean;
  readonly mark: { readonly 'data-action': ActionName };
} {
  const { scopes } = useUser();
  return { may: scopes.includes(ACTIONS[name].scope), mark: { 'data-action': name } };
}
