import type { z } from 'zod';
import type { ClaimTerms } from '../claims/terms.js';
import type { Sighting } from '../tracking/sighting.js';

/** Where returned goods go, for couriers that ask (the shop's `returnAddress`). A missing part is null. */
export interface ReturnAddress {
  readonly name: string | null;
  readonly phone: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly detail: string | null;
}

/** An after-sale that wants the parcel back, as its platform knows it. */
export interface WantedBy {
  readonly afterSaleId: string;
  readonly orderId: string | null;
  /** The platform's version of what we know of it (Taobao `refund_version`); null: the platform has none. */
  readonly version: string | null;
}

/** A parcel in the words of the platform it came from. */
export interface AsKnownThere {
  readonly rawCarrier: string;
  /** The after-sales that want it back, the oldest first. */
  readonly wantedBy: readonly WantedBy[];
}

/** What a courier is asked to do with one parcel. All ids are text, byte for byte as we received them. */
export interface InterceptCommand {
  readonly waybillNo: string;
  /** The parcel's real courier: the slug, which a service that fronts several couriers translates (`serves`). */
  readonly carrier: string;
  /** What the platform that named the parcel calls the courier and the after-sales behind it; null unless `byAfterSale`. */
  readonly asKnownThere: AsKnownThere | null;
  /** The number under which the courier took the order, once it did; some ask for it when the order is taken back. */
  readonly carrierRef: string | null;
  readonly returnAddress: ReturnAddress | null;
  /** Same for every send of one round, another for the next: `<intercept>-<round>`. The courier's idempotency key. */
  readonly requestId: string;
  /** Our business number at the courier, equal to `requestId` unless the courier needs another form. */
  readonly bizNo: string;
  /** Last four digits of the recipient's phone, for couriers that ask for it on reads. */
  readonly phoneTail: string | null;
}

/** The courier's own words, kept beside every answer (R41). */
export interface RawAnswer {
  readonly rawCode: string;
  readonly rawText: string;
}

/** Why a courier said no. Each is a reason code of domain/reasons.ts. */
export const REFUSALS = [
  'courier_too_late',
  'courier_already_delivered',
  'courier_not_allowed',
  'courier_not_ours',
  'courier_lost',
  'courier_limit_reached',
  'courier_bad_data',
  'courier_unknown_waybill',
  // Not picked up yet: the courier cancelled the shipment instead, so nothing travels and nothing comes back (R53).
  'courier_order_cancelled',
  'courier_unknown_code',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/**
 * What the courier answered to "turn it around". Normal business answers, never thrown.
 * `duplicate`: an intercept of this parcel exists there already, ask what became of it. `not_yet`: no scan yet, wait.
 */
export type CreateAnswer = RawAnswer &
  (
    | {
        readonly kind: 'accepted';
        readonly carrierRef: string | null;
        /** What the answer says this costs, fen; absent: it says nothing and the tariff holds (R31). */
        readonly feeFen?: number;
        /** Goods of other orders that the answer says are in the same parcel, in words for a person (R62). */
        readonly otherGoods?: string;
      }
    | { readonly kind: 'duplicate' }
    | { readonly kind: 'already_returning' }
    | { readonly kind: 'not_yet' }
    | { readonly kind: 'refused'; readonly refusal: Refusal }
  );

export type CancelAnswer = RawAnswer &
  ({ readonly kind: 'cancelled' } | { readonly kind: 'too_late' } | { readonly kind: 'not_allowed' });

/**
 * `never_left`: the shipment itself was cancelled before pick-up, so nothing travels and nothing comes back (R53);
 * `cancelled`: only the order to turn it around was, and the parcel travels on.
 */
type StatusKind =
  | 'pending'
  | 'stopped'
  | 'returning'
  | 'finished'
  | 'failed'
  | 'cancelled'
  | 'never_left'
  | 'no_record'
  | 'unclear';

/** What became of an order to turn around. `no_record`: the courier knows of none; proves absence only twice (design.md). */
export type StatusAnswer = RawAnswer & {
  readonly kind: StatusKind;
};

/** A look at the track: `empty` is a valid "no trace"; failures are thrown as CarrierFault (R67). */
export type TrackAnswer =
  | { readonly kind: 'found'; readonly sightings: readonly Sighting[] }
  | { readonly kind: 'empty' };

/** What one courier push told us, already verified. */
export interface CarrierPush {
  readonly waybillNo: string;
  /** The parcel's real courier, by our slug, where a service that fronts several says which; absent: it does not. */
  readonly carrier?: string;
  /** Our number of the order that `status` speaks of, where the push repeats it: an earlier round's is not this one's. */
  readonly bizNo?: string;
  readonly sighting: Sighting | null;
  readonly status: StatusAnswer | null;
}

/** A raw HTTP message from a courier, before it is trusted. */
export interface RawPush {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** The courier's own way of saying "got it" (or not), as it documents it. */
export interface PushAck {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** One HTTP request of an adapter; the bytes are final, they are what was signed. */
export interface CarrierRequest {
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Only a write may have an effect at the courier; on a read no answer is simply no answer. */
  readonly effect: 'write' | 'read';
}

export interface CarrierResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** What a call is given: how to reach the courier, and when to give up. */
export interface CallContext {
  /** Sends the bytes and returns whatever HTTP answer came. Throws CarrierFault typed by stage. */
  send(request: CarrierRequest): Promise<CarrierResponse>;
}

/** A fact about a courier's interface and how sure we are of it; docs/carriers.md is generated from these. */
export interface CarrierFact {
  readonly fact: string;
  readonly value: string;
  readonly confidence: 'documented' | 'second-hand' | 'not documented';
  readonly source: string;
}

export interface Capabilities {
  readonly returnToSender: boolean;
  readonly redirect: boolean;
  readonly cancel: boolean;
  readonly status: boolean;
  readonly track: boolean;
  readonly push: boolean;
  readonly idempotencyKey: boolean;
  readonly feeInAnswer: boolean;
}

/** How a raw code of the courier is treated. One table per courier, read by the adapter, the docs and the tests. */
export interface CodeRow {
  readonly text: string;
  readonly advice: string;
  readonly means:
    | Refusal
    | 'not_yet'
    | 'duplicate'
    | 'already_returning'
    | 'throttled'
    | 'unavailable'
    | 'outcome_unknown'
    | 'credentials'
    | 'bad_request'
    | 'cancel_too_late'
    | 'cancel_not_allowed';
}

/** Facts about a courier as data: lanes, workers, UI, docs and the contract suite read the same object. */
export interface CarrierManifest<C extends z.ZodType = z.ZodType> {
  readonly slug: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly credentials: C;
  readonly defaultBaseUrl: string;
  readonly rateLimit: { readonly max: number; readonly perMs: number };
  readonly timeoutMs: number;
  /** May a send be repeated after its answer was lost and absence was proved? (design.md "Sending again") */
  readonly resend: 'same_key' | 'duplicate_answer' | 'never';
  /** How a lost answer is asked for. */
  readonly probe: 'status' | 'tracking' | 'none';
  /** Two "no record" answers this far apart prove absence, ms. */
  readonly settleMs: number;
  /** How long a lost answer is asked for before a person decides, ms. */
  readonly askUntilMs: number;
  /** For couriers that answer by callback only: how long an accepted order waits for one before a person is told, ms. */
  readonly callbackWithinMs?: number;
  /** Its calls name the platform's after-sale and its word for the courier (`asKnownThere`): read anew for every call. */
  readonly byAfterSale?: boolean;
  /** For a service that fronts several couriers: their slugs and what it calls them. A parcel keeps its real courier. */
  readonly serves?: Readonly<Record<string, string>>;
  /** What it documents about claims and the time goods take to come back; absent parts: as `DEFAULT_TERMS`. */
  readonly claimTerms?: Partial<ClaimTerms>;
  readonly capabilities: Capabilities;
  readonly codes: Readonly<Record<string, CodeRow>>;
  readonly facts: readonly CarrierFact[];
  /** Waybills are compared in this form: trimmed, and upper case where the courier ignores case (R66). */
  normaliseWaybill(raw: string): string;
}

/**
 * One courier behind one account. Verbs return what the courier said and throw only CarrierFault.
 * No state, no retry, no limit, no log, no clock, no environment: those belong to the worker.
 */
export interface CarrierAdapter {
  readonly manifest: CarrierManifest;
  create(command: InterceptCommand, ctx: CallContext): Promise<CreateAnswer>;
  cancel(command: InterceptCommand, ctx: CallContext): Promise<CancelAnswer>;
  status(command: InterceptCommand, ctx: CallContext): Promise<StatusAnswer>;
  track(command: InterceptCommand, ctx: CallContext): Promise<TrackAnswer>;
  /** Is this push really from the courier? Constant time. */
  verifyPush(push: RawPush): boolean;
  /** Reads a verified push (or one kept in the inbox). Throws CarrierFault('contract_broken') on what it cannot read. */
  readPush(push: Pick<RawPush, 'body'>): readonly CarrierPush[];
  ack(outcome: 'stored' | 'bad_signature' | 'overloaded'): PushAck;
}

/** A courier as it plugs in: facts, and a maker of adapters from an account's credentials. */
export interface CarrierPlugin<C extends z.ZodType = z.ZodType> {
  readonly manifest: CarrierManifest<C>;
  create(credentials: z.output<C>): CarrierAdapter;
}
