import { useWords } from '../texts/i18n.js';

/** Who took a step, in words: the courier, the system, a token by its name, a person by his address. */
export function useActor(actor: string): string {
  const { t } = useWords();
  if (actor === 'courier' || actor === 'system') return t(`intercept.timeline.actor.${actor}`);
  const [kind, name] = actor.split(/:(.*)/, 2);
  if (name === undefined) return actor;
  return kind === 'token' ? t('intercept.timeline.actor.token', { name }) : name;
}
