import { useActor } from '../intercepts/actor.js';

/** Who did it, in words. */
export function ActorName({ actor }: { readonly actor: string }) {
  const name = useActor(actor);
  return <span>{name}</span>;
}
