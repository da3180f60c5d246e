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
  /** Do its messages state the amount, the status and the moment? A hint that is always read again states none. */
  readonly states: { readonly amount: boolean; readonly status: readonly Told['status'][]; readonly moment: boolean };
  readonly push?: {
    genuine(told: Told): RawWebhook;
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
    message(told: Told, messageId: string): Frame;
    readonly nothing: readonly Frame[];
    readonly broken: readonly Frame[];
    /** Is this frame of ours the confirmation (or the refusal) of that message? */
    isConfirmation(frame: Frame, messageId: string): boolean;
    isRefusal(frame: Frame, messageId: string): boolean;
  };
  readonly poll?: {
    /** The answers to the calls of one window, each call by what it asks for: `perPage` records a page. */
    window(told: readonly Told[], perPage: number): (request: Received) => Reply;
    /** A page with one record that cannot be read between two that can. */
    withUnreadable(before: Told, after: Told): (request: Received) => Reply;
    readonly broken: readonly Reply[];
  };
  readonly detail?: {
    /** The answers to all calls that one detail read makes. */
    of(shown: Shown): (request: Received) => Reply;
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
