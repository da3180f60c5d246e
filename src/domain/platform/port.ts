import type { z } from 'zod';
import type { DatedFacts, NamedParcel } from '../aftersale/after-sale.js';
import type { CallContext, CarrierFact, CarrierPlugin } from '../carrier/port.js';
import type { PlatformPoll } from './poll.js';
import type { PlatformRefunds, RefundFacts } from './refund.js';
import type { PlatformSocket } from './socket.js';

/** A webhook as it came over the wire. The bytes are what was signed. */
export interface RawWebhook {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The path it was posted to, as it stood in the request: some platforms sign it. */
  readonly path?: string;
}

export interface WebhookAck {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** One message of a webhook, before anybody has understood it: what the inbox keeps. */
export interface EventEnvelope {
  /** Unique per shop; the platform's message id, or a hash of the message where it sends none. */
  readonly eventId: string;
  /** The message as text, to be read again at any later time. */
  readonly payload: string;
}

/** What one message says. */
export type PlatformEvent =
  | {
      readonly kind: 'after_sale';
      readonly afterSaleId: string;
      readonly update: DatedFacts;
      readonly arbitration: boolean;
      /** Given: the message says all there is to say, parcels included, and no detail is read. */
      readonly parcels?: readonly NamedParcel[];
    }
  | { readonly kind: 'ignored'; readonly why: string };

/** Which after-sale to read, with what we know of it: some platforms ask for the order's number beside it. */
export interface WantedDetail {
  readonly afterSaleId: string;
  readonly orderId: string | null;
}

/** What the platform's detail API says about one after-sale now. */
export interface AfterSaleDetail {
  readonly update: DatedFacts;
  readonly parcels: readonly NamedParcel[];
}

/** A message or an answer that does not say what its platform documents. `message` names what is wrong, without its content. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/** Facts about a platform as data. */
export interface PlatformManifest<C extends z.ZodType = z.ZodType> {
  readonly slug: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly credentials: C;
  readonly defaultBaseUrl: string;
  /** Budget of detail reads per shop. */
  readonly readRateLimit: { readonly max: number; readonly perMs: number };
  readonly timeoutMs: number;
  /** The platform's courier codes and names that are documented; everything else is the shop's `carrierAliases` (R66). */
  readonly carrierAliases: Readonly<Record<string, string>>;
  /** How its after-sales reach us. */
  readonly doors: Doors;
  /** Absent: nothing is known of its refunds beside what the after-sale itself says. */
  readonly refund?: RefundFacts;
  /** Every fact of its wire formats that we rely on; docs/platforms.md is generated from these. */
  readonly facts: readonly CarrierFact[];
}

/** `push`: it POSTs to us. `socket`: we hold a connection open. `poll`: we ask for changes. `detail`: it can be read. */
export interface Doors {
  readonly push: boolean;
  readonly socket: boolean;
  readonly poll: boolean;
  readonly detail: boolean;
}

/**
 * One shop's platform. Reading a webhook is split in three, so that nothing is lost on the way: verify the bytes,
 * cut them into envelopes (kept in the inbox as they are), understand each envelope later and as often as needed.
 */
export interface PlatformAdapter {
  readonly manifest: PlatformManifest;
  /** False where the platform does not push (`doors.push`). */
  verify(webhook: RawWebhook): boolean;
  /** What a GET on the webhook's address is answered, where the platform checks it that way; null: this is no check. */
  answerCheck?(webhook: Pick<RawWebhook, 'query'>): WebhookAck | null;
  /** Never throws: bytes that cannot be cut become one envelope that `read` then refuses with a reason. */
  envelopes(webhook: RawWebhook): readonly EventEnvelope[];
  /** Throws UnreadableEvent. */
  read(payload: string): PlatformEvent;
  ack(outcome: 'stored' | 'bad_signature' | 'overloaded'): WebhookAck;
  /**
   * Reads one after-sale with its parcels, by as many calls as the platform needs; each takes a slot of the shop's read
   * budget. Throws CarrierFault typed by stage, UnreadableEvent on an answer it cannot read. Never called without `doors.detail`.
   */
  fetchDetail(wanted: WantedDetail, ctx: CallContext, nowMs: number): Promise<AfterSaleDetail>;
  readonly poll?: PlatformPoll;
  readonly socket?: PlatformSocket;
  /** The seller's decision about an after-sale (R73); absent: a person decides in the platform's back office. */
  readonly refunds?: PlatformRefunds;
}

export interface PlatformPlugin<C extends z.ZodType = z.ZodType> {
  readonly manifest: PlatformManifest<C>;
  create(credentials: z.output<C>): PlatformAdapter;
  /**
   * The platform's own intercept API, where it has one: a courier behind the shop's credentials, with a lane of its own.
   * Its slug is no courier's and no other channel's. A shop takes it with `channel: platform`.
   */
  readonly channel?: CarrierPlugin<C>;
}
