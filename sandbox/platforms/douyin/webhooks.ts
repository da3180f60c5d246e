import { Deliveries } from '../../frame/deliveries.js';
import type { LedgerEntry } from '../../frame/ledger-entry.js';
import type { TwinContext } from '../../frame/twin.js';
import { readJsonObject } from '../../frame/wire-json.js';
import type { AfterSale, AfterSaleBook } from './after-sale.js';
import { afterSaleMessage, type Message, urlCheck } from './message.js';
import type { DouyinOptions } from './options.js';
import type { SendSettings } from './push-spec.js';
import { eventSign, eventSignHmac } from './sign.js';
import { type Tag, tagFacts } from './tags.js';

/** One body with what is in it. */
export interface Webhook {
  readonly body: string;
  readonly eventIds: readonly string[];
  readonly tags: readonly string[];
  readonly afterSaleIds: readonly string[];
}

/** Makes signed webhooks and has them delivered until the receiver answers HTTP 200 with `{"code":0}`. */
export class Webhooks {
  readonly deliveries: Deliveries;
  #events = 0;

  constructor(
    readonly context: TwinContext,
    readonly options: DouyinOptions,
    readonly book: AfterSaleBook,
  ) {
    this.deliveries = new Deliveries(context.ledger, context.clock, acknowledged);
  }

  /** Events made so far. */
  get eventCount(): number {
    return this.#events;
  }

  /** A body about after-sales as they are now; with `apply` the events first bring them into their status. */
  compose(events: readonly { readonly afterSale: AfterSale; readonly tag: Tag }[], settings: SendSettings): Webhook {
    const now = this.context.clock.now();
    const messages = events.map(({ afterSale, tag }) => {
      const current = settings.apply ? this.#apply(afterSale, tag, now) : afterSale;
      return afterSaleMessage(current, tag, this.#nextEventId(current, tag, now), now, settings.shape);
    });
    return webhook(
      messages,
      events.map(({ afterSale }) => afterSale.afterSaleId),
    );
  }

  composeUrlCheck(settings: SendSettings): Webhook {
    return webhook([urlCheck(this.context.clock.now(), settings.shape)], []);
  }

  /** Starts one delivery and returns its id. */
  send(hook: Webhook, settings: SendSettings, facts: Readonly<Record<string, unknown>> = {}): string {
    const pushId = `push-${this.deliveries.size + 1}`;
    const { eventIds, tags, afterSaleIds } = hook;
    this.deliveries.send({
      pushId,
      url: settings.targetUrl,
      headers: {
        'content-type': 'application/json',
        'app-id': this.options['app-key'],
        'event-sign': this.#sign(hook.body, settings),
      },
      body: hook.body,
      retry: { ...settings.retry, timeoutMs: settings.ackTimeoutMs },
      waybillNo: afterSaleIds.length === 1 ? afterSaleIds[0] : undefined,
      facts: { ...facts, eventIds, tags, afterSaleIds, events: this.#events },
    });
    return pushId;
  }

  restore(entry: LedgerEntry): void {
    this.deliveries.restore(entry);
    if (entry.kind === 'push') this.#events = Number(entry.facts.events);
    if (entry.kind !== 'state') return;
    const known = this.book.get(entry.subject);
    if (known !== undefined) this.book.change(known, entry.change, entry.at);
  }

  #apply(afterSale: AfterSale, tag: Tag, at: number): AfterSale {
    const { status, refundStatus, arbitrateStatus } = tagFacts(tag);
    const arbitrateId = afterSale.arbitrate?.arbitrateId ?? `7${afterSale.afterSaleId.slice(1)}`;
    const conclusion = afterSale.arbitrate?.conclusion ?? 0;
    const change = {
      ...(status === undefined ? {} : { status }),
      ...(refundStatus === undefined ? {} : { refundStatus }),
      ...(arbitrateStatus === undefined ? {} : { arbitrate: { arbitrateId, status: arbitrateStatus, conclusion } }),
    };
    const current = this.book.get(afterSale.afterSaleId) ?? afterSale;
    if (holdsAlready(current, change)) return current;
    const changed = this.book.change(current, change, at);
    void this.context.ledger.append({ at, kind: 'state', subject: afterSale.afterSaleId, change });
    return changed;
  }

  /** Opaque like the platform's: 19 digits, the tag, unix seconds, the after-sale. */
  #nextEventId(afterSale: AfterSale, tag: Tag, at: number): string {
    this.#events += 1;
    const seed = String(Math.abs(this.context.seed) % 1000).padStart(3, '0');
    const number = `04288${seed}${String(this.#events).padStart(11, '0')}`;
    return `${number}::${tag}:${Math.floor(at / 1000)}:${afterSale.afterSaleId}`;
  }

  #sign(body: string, { sign }: SendSettings): string {
    const keys = { appKey: this.options['app-key'], appSecret: this.options['app-secret'] };
    if (sign === 'hmac') return eventSignHmac(keys, body);
    return eventSign(sign === 'wrong' ? { ...keys, appSecret: `${keys.appSecret}-wrong` } : keys, body);
  }
}

function webhook(messages: readonly Message[], afterSaleIds: readonly string[]): Webhook {
  return {
    body: `[${messages.map(({ text }) => text).join(',')}]`,
    eventIds: messages.map(({ eventId }) => eventId),
    tags: messages.map(({ tag }) => tag),
    afterSaleIds,
  };
}

function holdsAlready(afterSale: AfterSale, change: object): boolean {
  const known: Readonly<Record<string, unknown>> = { ...afterSale };
  return Object.entries(change).every(([field, value]) => JSON.stringify(known[field]) === JSON.stringify(value));
}

function acknowledged(status: number, body: string): boolean {
  return status === 200 && readJsonObject(body)?.code === 0;
}
