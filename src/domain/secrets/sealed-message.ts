import type { Secrets } from './secrets.js';

/** What names a kept message: a sealed one opens nowhere else. */
interface Named {
  readonly source: string;
  readonly eventId: string;
  readonly payload: string;
}

const placeOf = ({ source, eventId }: Named): string => `inbox/${source}/${eventId}`;

/** As `Secrets.seal` begins what it makes. A message as it came never does: its sender signs JSON, XML or a form. */
const SEALED = /^v1:[0-9a-f]{8}:/;

/** The message as it is kept: it may name a buyer, his phone and his address (S19). */
export function sealMessage<T extends Named>(secrets: Pick<Secrets, 'seal'>, message: T): T {
  return { ...message, payload: secrets.seal(message.payload, placeOf(message)) };
}

/** What was said. One that was kept before messages were sealed is read as it is. Throws SecretUnreadable. */
export function openMessage(secrets: Pick<Secrets, 'open'>, message: Named): string {
  return SEALED.test(message.payload) ? secrets.open(message.payload, placeOf(message)) : message.payload;
}
