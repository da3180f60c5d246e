import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ControlRoute } from '../frame/control.js';
import type { LedgerEntry, PushAnswerEntry, RetryPlan } from '../frame/ledger-entry.js';
import type { TwinContext } from '../frame/twin.js';
import type { Door, Made } from './door.js';
import type { EmitSpec } from './emission-plan.js';
import type { Refund } from './refund.js';
import type { Client } from './socket-clients.js';
import { SocketGate, say } from './socket-gate.js';
import type { SocketProtocol } from './socket-protocol.js';
import { type Queued, SocketQueue } from './socket-queue.js';

const ANSWER_KEPT_CHARS = 300;

export interface SocketWay {
  /** Gaps after a refusal, and `timeoutMs` for the acknowledgement; all scaled. Lost with a connection: sent at once. */
  readonly retry: RetryPlan;
  /** How many messages one client may hold unanswered. */
  readonly mostHeld: number;
}

type Answer = Pick<PushAnswerEntry, 'accepted' | 'answer' | 'error'>;

/**
 * A platform that tells over a WebSocket which the receiver opens. Every message is told to one client of its group, and
 * told again until a client acknowledges it: when it is refused, when its connection ends, and when nobody answers in time.
 */
export class SocketDoor<S> implements Door {
  readonly #gate: SocketGate<S>;
  readonly #queue: SocketQueue;
  readonly #timers = new Map<Queued, NodeJS.Timeout>();
  #stopped = false;

  constructor(
    readonly context: TwinContext,
    readonly protocol: SocketProtocol<S>,
    readonly way: SocketWay,
  ) {
    this.#queue = new SocketQueue(way.retry);
    this.#gate = new SocketGate(context, protocol, {
      ready: (group) => this.#pump(group),
      answered: (client, eventId, answer) => this.#answered(client, eventId, answer),
      gone: (client) => this.#gone(client),
    });
  }

  /** `POST /_twin/disconnect`, `GET /_twin/clients`. */
  get controls(): readonly ControlRoute[] {
    return this.#gate.controls;
  }

  /** The frame's hook: a client wants a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#gate.upgrade(request, socket, head);
  }

  tell(made: Made, refund: Refund, _spec: EmitSpec, facts: Readonly<Record<string, unknown>>): string {
    const { clock, ledger } = this.context;
    const { eventId, body, headers } = made;
    const { retry } = this.way;
    const pushId = `push-${this.#queue.size + 1}`;
    const group = this.protocol.groupOf(refund);
    const at = clock.now();
    const message = this.#queue.add(pushId, group, { eventId, body, headers }, at);
    const line = { pushId, url: `socket:${group}`, headers, body, retry, waybillNo: refund.refundId };
    const written = ledger.append({ at, kind: 'push', ...line, facts: { ...facts, eventIds: [eventId], group } });
    void written.then(() => this.#toTell(message));
    return pushId;
  }

  state(messageId: string): 'open' | 'acknowledged' | 'given_up' {
    const standing = this.#queue.get(messageId)?.standing;
    return standing === 'acknowledged' || standing === 'given_up' ? standing : 'open';
  }

  restore(entry: LedgerEntry): void {
    if (entry.kind === 'push') {
      const { eventIds, group } = entry.facts;
      const eventId = Array.isArray(eventIds) ? String(eventIds[0]) : '';
      this.#queue.add(entry.pushId, String(group), { eventId, body: entry.body, headers: entry.headers }, entry.at);
    }
    const message = entry.kind === 'push_answer' ? this.#queue.get(entry.pushId) : undefined;
    if (message === undefined || entry.kind !== 'push_answer') return;
    message.sends = entry.attempt;
    this.#queue.note(message, entry);
  }

  counts() {
    return this.#queue.counts();
  }

  start(): void {
    for (const message of this.#queue.all) this.#toTell(message);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#gate.stop();
  }

  #toTell(message: Queued): void {
    if (this.#stopped || this.state(message.pushId) !== 'open') return;
    this.#queue.wait(message);
    this.#pump(message.group);
  }

  #pump(group: string): void {
    let client = this.#gate.clients.leastBusy(group, this.way.mostHeld);
    while (client !== undefined) {
      const message = this.#queue.take(group);
      if (message === undefined) return;
      this.#send(message, client, client.session);
      client = this.#gate.clients.leastBusy(group, this.way.mostHeld);
    }
  }

  #send(message: Queued, client: Client<S>, session: S): void {
    const { made, toldAt, sends } = message;
    const sentAt = this.context.clock.now();
    client.holds += 1;
    this.#queue.out(message, client.id, sentAt);
    this.#after(message, this.way.retry.timeoutMs, () =>
      this.#settle(message, { accepted: false, error: 'timeout' }, 0),
    );
    say(client.socket, [this.protocol.write({ ...made, toldAt, sentAt, retried: sends }, session)]);
  }

  #answered(client: Client<S>, eventId: string, { accepted, answer }: Answer): void {
    const message = this.#queue.spokenOf(client.group ?? '', eventId, client.id);
    if (message === undefined) return;
    // A copy that is on its way to somebody else, or waits anyway, is not refused by this client.
    if (!accepted && message.holder !== client.id) return;
    const said = answer === undefined ? { accepted } : { accepted, answer: answer.slice(0, ANSWER_KEPT_CHARS) };
    this.#settle(message, said, this.#queue.gapMs(message));
  }

  #gone(client: Client<S>): void {
    for (const message of this.#queue.heldBy(client.id)) {
      this.#settle(message, { accepted: false, error: 'the connection ended' }, 0);
    }
  }

  /** What became of one sending. Unless it is the end, the message is told again after `gapMs`. */
  #settle(message: Queued, answer: Answer, gapMs: number): void {
    const { clock, ledger } = this.context;
    const holder = this.#gate.clients.get(message.holder);
    if (holder !== undefined) holder.holds -= 1;
    clearTimeout(this.#timers.get(message));
    this.#timers.delete(message);
    const { pushId, sentAt, sends: attempt } = message;
    const at = clock.now();
    const again = this.#queue.note(message, answer);
    void ledger.append({ at, kind: 'push_answer', pushId, attempt, ms: at - sentAt, ...answer });
    if (again) this.#after(message, gapMs, () => this.#toTell(message));
    if (holder?.group !== undefined) this.#pump(holder.group);
  }

  #after(message: Queued, ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(message);
      work();
    }, this.context.clock.scaled(ms));
    this.#timers.set(message, timer);
  }
}
