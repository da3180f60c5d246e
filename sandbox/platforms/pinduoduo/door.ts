import type { LedgerEntry, RetryPlan } from '../../frame/ledger-entry.js';
import type { TwinContext } from '../../frame/twin.js';
import type { Door, Made } from '../../refunds/door.js';
import type { EmitSpec } from '../../refunds/emission-plan.js';
import type { Refund } from '../../refunds/refund.js';

const NOBODY = 'nobody:';
const ONCE: RetryPlan = { firstMs: 0, factor: 1, maxMs: 0, maxAttempts: 1, timeoutMs: 0 };

/**
 * A platform that tells of some events only. The others happen all the same: they are a ledger line, so that a restart does
 * not make them happen again, and the receiver finds them by asking.
 */
export class PartlySilentDoor implements Door {
  #untold = 0;

  constructor(
    readonly context: TwinContext,
    readonly door: Door,
  ) {}

  tell(made: Made, refund: Refund, spec: EmitSpec, facts: Readonly<Record<string, unknown>>): string {
    if (made.headers.type !== undefined) return this.door.tell(made, refund, spec, facts);
    const { clock, ledger } = this.context;
    this.#untold += 1;
    const pushId = `untold-${this.#untold}`;
    void ledger.append({
      at: clock.now(),
      kind: 'push',
      pushId,
      url: NOBODY,
      headers: {},
      body: made.body,
      retry: ONCE,
      waybillNo: refund.refundId,
      facts: { ...facts, eventIds: [made.eventId] },
    });
    return pushId;
  }

  state(messageId: string): 'open' | 'acknowledged' | 'given_up' {
    return messageId.startsWith('untold-') ? 'acknowledged' : this.door.state(messageId);
  }

  restore(entry: LedgerEntry): void {
    if (entry.kind === 'push' && entry.url === NOBODY) this.#untold += 1;
    else this.door.restore(entry);
  }

  /** Of the messages that are told. */
  counts() {
    return this.door.counts();
  }

  start(): void {
    this.door.start();
  }

  stop(): void {
    this.door.stop();
  }
}
