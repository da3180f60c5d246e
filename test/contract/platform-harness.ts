import type { AfterSaleStatus, AfterSaleType } from '../../src/domain/aftersale/after-sale.js';
import type { PlatformPlugin, RawWebhook } from '../../src/domain/platform/port.js';
import type { Frame } from '../../src/domain/platform/socket.js';
import type { Received, Reply } from '../support/scripted-server.js';

/** One refund-only of a shipped order as a test wants the platform to tell it. */
export interface Told {
  readonly afterSaleId: string;
  readonly orderId: string;
  readonly status: Extract<AfterSaleStatus, 'open' | 'refused' | 'paid' | 'closed'>;
  /** Fen; a platform whose messages hold no amount leaves it out. */
  readonly refundFen: number;
  readonly atMs: number;
}

/** What a detail read shows. */
export interface Shown extends Told {
  readonly type: AfterSaleType;
  readonly paidFen: number;
  readonly parcels: readonly { readonly word: string; readonly waybillNo: string }[];
}

/** What a source of messages says of an after-sale. A hint that is always read again states nothing. */
export interface States {
  readonly amount: boolean;
  readonly status: readonly Told['status'][];
  readonly moment: boolean;
}

/** How a platform speaks: in its own wire format, written without the adapter's code. */
export interface PlatformHarness {
  readonly plugin: PlatformPlugin;
  readonly credentials: Readonly<Record<string, unknown>>;
  /** Values of the credentials that may turn up in no error. */
  readonly secrets: readonly string[];
  /** The platform's number of the shop, as its messages name it. */
  readonly platformShopId: string;
  /** An after-sale id as long as the platform's get (more than 15 digits where they are numbers). */
  readonly longId: string;
  readonly orderId: string;
  /** Do its messages state the amount, the status and the moment? */
  readonly states: States;
  readonly push?: {
    /** Another thing told is another message: its message id, where the platform has one, follows from what is told. */
    genuine(told: Told): RawWebhook;
    /** Nothing guards the body: who changes it is not noticed, so it can be no more than a hint. */
    readonly bodyUnsigned?: true;
    /** Not from the platform: a wrong signature, a changed body or header, a missing one. */
    forged(told: Told): readonly RawWebhook[];
    /** From the platform, and not readable: truncated, wrong types, no id. */
    readonly unreadable: readonly RawWebhook[];
    /** From the platform, and no concern of ours: other topics, address checks. */
    readonly ignored: readonly RawWebhook[];
    /** The platform checks the address by a GET with these parameters and wants this back. */
    readonly check?: { readonly query: Readonly<Record<string, string>>; readonly answer: string };
  };
  readonly socket?: {
    /** Frames after which the session is ready. */
    readonly ready: readonly Frame[];
    /** `messageId`: digits, as many as an int64 holds. */
    message(told: Told, messageId: string): Frame;
    readonly nothing: readonly Frame[];
    readonly broken: readonly Frame[];
    /** Is this frame of ours the confirmation (or the refusal) of that message? */
    isConfirmation(frame: Frame, messageId: string): boolean;
    isRefusal(frame: Frame, messageId: string): boolean;
  };
  readonly poll?: {
    /** What a record states, where that is not what messages state. */
    readonly states?: States;
    /**
     * The answers to the calls of one window, each call by what it asks for: `perPage` records a page, which may be
     * fewer than the adapter asked for, as a platform with a lower limit would give.
     */
    window(told: readonly Told[], perPage: number): (request: Received) => Reply;
    /** A page with one record that cannot be read between two that can. */
    withUnreadable(before: Told, after: Told): (request: Received) => Reply;
    readonly broken: readonly Reply[];
  };
  readonly detail?: {
    /** The answers to all calls that one detail read makes. */
    of(shown: Shown): (request: Received) => Reply;
    /** The same without a single amount. */
    withoutAmounts?(shown: Shown): (request: Received) => Reply;
    /** The types it can show; default: the three that matter (not `other`). */
    readonly types?: readonly AfterSaleType[];
    /** The statuses it can show; default: all four. */
    readonly statuses?: readonly Told['status'][];
    /** Amounts that no answer of it states. */
    readonly unstated?: readonly ('refundAmountFen' | 'paidAmountFen')[];
    /** How many parcels an answer can name; default 2. */
    readonly mostParcels?: 1 | 2;
    /** The same, but its answer is about the other after-sale. */
    ofAnother(shown: Shown, other: string): (request: Received) => Reply;
    readonly throttled: Reply;
    readonly badCredentials: Reply;
    /** A business failure that may pass, if the platform documents one. */
    readonly unavailable?: Reply;
    /** No answer that the platform documents. */
    readonly broken: readonly Reply[];
    /** Courier words of the platform's documented table, and the courier each means. */
    readonly couriers: Readonly<Record<string, string>>;
  };
}
