import type { PushAnswerEntry, RetryPlan } from '../frame/ledger-entry.js';
import type { Made } from './door.js';

/**
 * `writing`: not on disk yet. `waiting`: for a client. `out`: sent, not answered. `resting`: refused, waits for its next
 * try. The last two are the end.
 */
type Standing = 'writing' | 'waiting' | 'out' | 'resting' | 'acknowledged' | 'given_up';

/** One message of a group with what became of it. */
export interface Queued {
  readonly pushId: string;
  readonly group: string;
  readonly made: Omit<Made, 'query'>;
  readonly toldAt: number;
  standing: Standing;
  /** Answers, lost connections and silences so far. */
  attempts: number;
  sends: number;
  sentAt: number;
  /** The client that has it now. */
  holder: string | undefined;
}

/** The messages of a platform twin in the order they were told, by group. No socket, no timer, no ledger. */
export class SocketQueue {
  readonly #all = new Map<string, Queued>();
  readonly #byEvent = new Map<string, Queued[]>();
  readonly #waiting = new Map<string, Queued[]>();

  constructor(readonly retry: RetryPlan) {}

  add(pushId: string, group: string, made: Omit<Made, 'query'>, toldAt: number): Queued {
    const fresh = { standing: 'writing', attempts: 0, sends: 0, sentAt: 0, holder: undefined } as const;
    const message: Queued = { pushId, group, made, toldAt, ...fresh };
    this.#all.set(pushId, message);
    const key = eventKey(group, made.eventId);
    this.#byEvent.set(key, [...(this.#byEvent.get(key) ?? []), message]);
    return message;
  }

  get(pushId: string): Queued | undefined {
    return this.#all.get(pushId);
  }

  get all(): Iterable<Queued> {
    return this.#all.values();
  }

  get size(): number {
    return this.#all.size;
  }

  wait(message: Queued): void {
    message.standing = 'waiting';
    message.holder = undefined;
    const line = this.#waiting.get(message.group) ?? [];
    this.#waiting.set(message.group, line);
    line.push(message);
  }

  /** The next message of a group to send; it may have been acknowledged while it waited, then it is passed over. */
  take(group: string): Queued | undefined {
    const line = this.#waiting.get(group) ?? [];
    let message = line.shift();
    while (message !== undefined && message.standing !== 'waiting') message = line.shift();
    return message;
  }

  out(message: Queued, holder: string, at: number): void {
    Object.assign(message, { standing: 'out', holder, sends: message.sends + 1, sentAt: at });
  }

  /**
   * The message a client speaks of: the oldest copy that it holds; else one that was sent before and is not answered,
   * because a late word counts too.
   */
  spokenOf(group: string, eventId: string, holder: string): Queued | undefined {
    const copies = this.#byEvent.get(eventKey(group, eventId)) ?? [];
    const open = copies.filter(({ sends, standing }) => sends > 0 && standing !== 'acknowledged');
    return open.find((copy) => copy.holder === holder) ?? open[0];
  }

  heldBy(holder: string): readonly Queued[] {
    return [...this.#all.values()].filter((message) => message.holder === holder);
  }

  /** Takes an answer, and says whether the message is still to be told. */
  note(message: Queued, answer: Pick<PushAnswerEntry, 'accepted'>): boolean {
    message.attempts += 1;
    message.holder = undefined;
    const { maxAttempts } = this.retry;
    if (answer.accepted) message.standing = 'acknowledged';
    else if (maxAttempts !== null && message.attempts >= maxAttempts) message.standing = 'given_up';
    else message.standing = 'resting';
    return message.standing === 'resting';
  }

  /** The wait after a refusal that comes now, ms, not scaled. */
  gapMs({ attempts }: Queued): number {
    const { firstMs, factor, maxMs } = this.retry;
    return Math.min(firstMs * factor ** attempts, maxMs);
  }

  counts(): { started: number; acknowledged: number; givenUp: number; attempts: number } {
    const list = [...this.#all.values()];
    return {
      started: list.length,
      acknowledged: list.filter(({ standing }) => standing === 'acknowledged').length,
      givenUp: list.filter(({ standing }) => standing === 'given_up').length,
      attempts: list.reduce((sum, { attempts }) => sum + attempts, 0),
    };
  }
}

function eventKey(group: string, eventId: string): string {
  return JSON.stringify([group, eventId]);
}
