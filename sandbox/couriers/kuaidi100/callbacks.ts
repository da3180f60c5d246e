import { Deliveries, type NewPush } from '../../frame/deliveries.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import type { InterceptOrder, Parcel } from '../../frame/parcel.js';
import type { TwinContext } from '../../frame/twin.js';
import { acknowledges, type CallbackTarget, TWIN_STATUSES, writeCallback } from './callback-form.js';
import { type Milestone, milestones } from './milestones.js';
import type { Kuaidi100Switches } from './options.js';

/** setTimeout cannot wait longer. */
const LONGEST_TIMER_MS = 2_147_483_647;
/** Dropped after three failures, as at the sibling interface. */
const MAX_ATTEMPTS = 3;

interface News {
  readonly key: string;
  readonly target: CallbackTarget;
  readonly milestone: Milestone;
}

/** Calls back once for every state that an order comes into, at the address and with the salt that the order carried. */
export class Callbacks {
  readonly deliveries: Deliveries;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #held = new Set<NodeJS.Timeout>();
  readonly #told = new Set<string>();
  #lost = 0;
  #running = false;

  constructor(
    readonly context: TwinContext,
    readonly switches: Kuaidi100Switches,
    readonly targetOf: (order: InterceptOrder) => CallbackTarget | undefined,
  ) {
    this.deliveries = new Deliveries(context.ledger, context.clock, acknowledges);
  }

  /** Callbacks that never left. */
  get lost(): number {
    return this.#lost;
  }

  restore(entry: LedgerEntry): void {
    this.deliveries.restore(entry);
    if (entry.kind === 'push') this.#told.add(String(entry.facts.told));
    if (entry.kind !== 'state') return;
    this.#told.add(String(entry.change.told));
    this.#lost += 1;
  }

  start(parcels: Iterable<Parcel>): void {
    this.#running = true;
    this.deliveries.start();
    for (const parcel of parcels) this.look(parcel);
  }

  stop(): void {
    this.#running = false;
    this.deliveries.stop();
    for (const timer of [...this.#timers.values(), ...this.#held]) clearTimeout(timer);
  }

  /** To be called whenever a parcel, its orders or the switches have changed. Tells in the next turn of the loop at the earliest. */
  look(parcel: Parcel): void {
    const { waybillNo } = parcel.spec;
    clearTimeout(this.#timers.get(waybillNo));
    this.#timers.delete(waybillNo);
    if (!this.#running || this.switches.values.pushTracks === 'none') return;
    const next = this.#untold(parcel)[0];
    if (next === undefined) return;
    const waitMs = Math.min(Math.max(0, next.milestone.at - this.context.clock.now()), LONGEST_TIMER_MS);
    this.#timers.set(
      waybillNo,
      setTimeout(() => this.#tellDue(parcel), waitMs),
    );
  }

  #tellDue(parcel: Parcel): void {
    const now = this.context.clock.now();
    for (const news of this.#untold(parcel)) {
      if (news.milestone.at > now) break;
      this.#told.add(news.key);
      this.#tell(parcel.spec.waybillNo, news);
    }
    this.look(parcel);
  }

  /** What every order still has to tell, oldest first. */
  #untold(parcel: Parcel): readonly News[] {
    const { waybillNo } = parcel.spec;
    const news = parcel.orders.flatMap((order, index): News[] => {
      const target = this.targetOf(order);
      if (target === undefined || !this.#urlOf(target)) return [];
      return milestones(parcel, order, this.context.clock)
        .filter(({ state }) => state !== 'intercepting' || this.switches.values.pushPending)
        .map((milestone) => ({
          key: `${waybillNo}/${parcel.createdAt}/${index}/${milestone.state}`,
          target,
          milestone,
        }));
    });
    return news.filter(({ key }) => !this.#told.has(key)).sort((a, b) => a.milestone.at - b.milestone.at);
  }

  #tell(waybillNo: string, { key, target, milestone }: News): void {
    const { loseCallbacks, pushDuplicates, pushShuffle, pushShuffleMs, pushTimeoutMs, callbackRetryMs } =
      this.switches.values;
    const { random, clock, ledger } = this.context;
    if (loseCallbacks === true || (Array.isArray(loseCallbacks) && loseCallbacks.includes(waybillNo))) {
      this.#lost += 1;
      void ledger.append({ at: clock.now(), kind: 'state', subject: waybillNo, change: { told: key, lost: true } });
      return;
    }
    const push = {
      ...writeCallback(waybillNo, target, milestone),
      url: this.#urlOf(target),
      retry: {
        firstMs: callbackRetryMs,
        factor: 1,
        maxMs: callbackRetryMs,
        maxAttempts: MAX_ATTEMPTS,
        timeoutMs: pushTimeoutMs,
      },
      waybillNo,
      facts: { told: key, status: TWIN_STATUSES[milestone.state].status },
    };
    const heldBack = random.chance(pushShuffle) ? clock.scaled(random.int(1, Math.max(1, pushShuffleMs))) : 0;
    const copies = random.chance(pushDuplicates) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) this.#later(push, heldBack + copy);
  }

  #later(push: Omit<NewPush, 'pushId'>, delayMs: number): void {
    const timer = setTimeout(() => {
      this.#held.delete(timer);
      this.deliveries.send({ ...push, pushId: `push-${this.deliveries.size + 1}` });
    }, delayMs);
    this.#held.add(timer);
  }

  #urlOf({ callbackUrl }: CallbackTarget): string {
    return this.switches.values.callbackUrl ?? callbackUrl;
  }
}
