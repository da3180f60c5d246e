import type { z } from 'zod';
import type { DatedFacts, NamedParcel } from '../aftersale/after-sale.js';
import type { CallContext } from '../carrier/port.js';

/** A webhook as it came over the wire. The bytes are what was signed. */
export interface RawWebhook {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
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
    }
  | { readonly kind: 'ignored'; readonly why: string };

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
}

/**
 * One shop's platform. Reading a webhook is split in three, so that nothing is lost on the way: verify the bytes,
 * cut them into envelopes (kept in the inbox as they are), understand each envelope later and as often as needed.
 */
export interface PlatformAdapter {
  readonly manifest: PlatformManifest;
  verify(webhook: RawWebhook): boolean;
  /** Never throws: bytes that cannot be cut become one envelope that `read` then refuses with a reason. */
  envelopes(webhook: RawWebhook): readonly EventEnvelope[];
  /** Throws UnreadableEvent. */
  read(payload: string): PlatformEvent;
  ack(outcome: 'stored' | 'bad_signature' | 'overloaded'): WebhookAck;
  /** Reads one after-sale with its parcels. Throws CarrierFault typed by stage, UnreadableEvent on an answer it cannot read. */
  fetchDetail(afterSaleId: string, ctx: CallContext, nowMs: number): Promise<AfterSaleDetail>;
}

export interface PlatformPlugin<C extends z.ZodType = z.ZodType> {
  readonly manifest: PlatformManifest<C>;
  create(credentials: z.output<C>): PlatformAdapter;
}
