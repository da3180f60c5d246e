import type { Clock } from './clock.js';
import type { Ledger } from './ledger.js';
import type { LedgerEntry, PushAnswerEntry, PushEntry } from './ledger-entry.js';
import { post } from './post.js';

const ANSWER_KEPT_CHARS = 300;

export type NewPush = Omit<PushEntry, 'kind'>;

/** One push and everything the other side said to it. */
export interface Delivery {
  readonly push: NewPush;
  readonly firstSentAt: number;
  readonly answers: (PushAnswerEntry & { readonly at: number })[];
  ackedAt: number | null;
  givenUp: boolean;
}

/** Sends pushes and sends them again until they are acknowledged; every attempt is a ledger line. */
export class Deliveries {
  readonly #all = new Map<string, Delivery>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  /** `acknowledges` is the receiver's documented way of saying "got it". */
  constructor(
    readonly ledger: Ledger,
    readonly clock: Clock,
    readonly acknowledges: (status: number, body: string) => boolean,
  ) {}

  /** The push is on disk before its first byte leaves. Its place in the ledger is the place of this call. */
  send(push: NewPush): void {
    const delivery = this.#remember(push, this.clock.now());
    const written = this.ledger.append({ at: delivery.firstSentAt, kind: 'push', ...push });
    void written.then(() => this.#attempt(delivery));
  }

  restore(entry: LedgerEntry): void {
    if (entry.kind === 'push') this.#remember(entry, entry.at);
    if (entry.kind !== 'push_answer') return;
    const delivery = this.#all.get(entry.pushId);
    if (delivery !== undefined) this.#note(delivery, entry);
  }

  /** After a restart: what was not acknowledged is sent on. */
  start(): void {
    for (const delivery of this.#all.values()) this.#next(delivery);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  get all(): Iterable<Delivery> {
    return this.#all.values();
  }

  get(pushId: string): Delivery | undefined {
    return this.#all.get(pushId);
  }

  get size(): number {
    return this.#all.size;
  }

  counts(): { started: number; acknowledged: number; givenUp: number; attempts: number } {
    const list = [...this.#all.values()];
    return {
      started: list.length,
      acknowledged: list.filter(({ ackedAt }) => ackedAt !== null).length,
      givenUp: list.filter(({ givenUp }) => givenUp).length,
      attempts: list.reduce((sum, { answers }) => sum + answers.length, 0),
    };
  }

  #remember(push: NewPush, firstSentAt: number): Delivery {
    const delivery: Delivery = { push, firstSentAt, answers: [], ackedAt: null, givenUp: false };
    this.#all.set(push.pushId, delivery);
    return delivery;
  }

  #note(delivery: Delivery, answer: PushAnswerEntry & { readonly at: number }): void {
    const { maxAttempts } = delivery.push.retry;
    delivery.answers.push(answer);
    if (answer.accepted) delivery.ackedAt = answer.at;
    else if (maxAttempts !== null && delivery.answers.length >= maxAttempts) delivery.givenUp = true;
  }

  async #attempt(delivery: Delivery): Promise<void> {
    if (this.#stopped) return;
    const { push } = delivery;
    const started = performance.now();
    const result = await post(push.url, push.headers, push.body, push.retry.timeoutMs);
    if (this.#stopped) return;
    const answered =
      'error' in result
        ? { error: result.error }
        : { status: result.status, answer: result.body.slice(0, ANSWER_KEPT_CHARS) };
    const accepted = !('error' in result) && this.acknowledges(result.status, result.body);
    const ms = Math.round(performance.now() - started);
    const answer = {
      at: this.clock.now(),
      kind: 'push_answer',
      pushId: push.pushId,
      attempt: delivery.answers.length + 1,
      accepted,
      ms,
      ...answered,
    } as const;
    this.#note(delivery, answer);
    await this.ledger.append(answer);
    this.#next(delivery);
  }

  #next(delivery: Delivery): void {
    if (this.#stopped || delivery.ackedAt !== null || delivery.givenUp) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void this.#attempt(delivery);
      },
      this.clock.scaled(gapMs(delivery)),
    );
    this.#timers.add(timer);
  }
}

function gapMs({ push: { retry }, answers }: Delivery): number {
  if (answers.length === 0) return 0;
  return Math.min(retry.firstMs * retry.factor ** (answers.length - 1), retry.maxMs);
}
