import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierManifest, CarrierPlugin } from '../../../domain/carrier/port.js';
import { CHANNEL_FACTS } from './channel-facts.js';
import { JD_CREDENTIALS, type JdShopCredentials } from './credentials.js';
import { GATEWAY_CODES } from './gateway-codes.js';
import { JD_MANIFEST } from './manifest.js';
import { outcomeRequest, readOutcome } from './outcome.js';
import { readCreate, refusedHere, replyRequest } from './reply.js';

/**
 * 通过并京东拦截 as a courier. ACCEPTING THE STOP AGREES THE REFUND: whoever follows this lane must not agree it again,
 * and it sends nothing without the seller's `agreesRefund` (R54, R73).
 */
const JD_CHANNEL: CarrierManifest<typeof JD_CREDENTIALS> = {
  slug: 'jdpop',
  name: { zh: '京东 POP 通过并拦截（同时同意退款）', en: 'JD POP intercept (agrees the refund)' },
  credentials: JD_CREDENTIALS,
  defaultBaseUrl: JD_MANIFEST.defaultBaseUrl,
  // Not documented.
  rateLimit: { max: 10, perMs: 1_000 },
  // An order whose answer is given up too early has agreed a refund nobody knows of.
  timeoutMs: 10_000,
  // No request id, no documented answer to a repeat, and a repeat would review the refund again (R73).
  resend: 'never',
  probe: 'status',
  settleMs: 10_000,
  askUntilMs: 600_000,
  byAfterSale: true,
  capabilities: {
    returnToSender: true,
    redirect: false,
    cancel: false,
    status: true,
    track: false,
    push: false,
    idempotencyKey: false,
    feeInAnswer: false,
  },
  codes: GATEWAY_CODES,
  facts: CHANNEL_FACTS,
  normaliseWaybill: (raw) => raw.trim().toUpperCase(),
};

const ACK_STATUS = { stored: 200, bad_signature: 401, overloaded: 503 } as const;

function none(what: string): () => Promise<never> {
  return async () => {
    throw new CarrierFault('bad_request', `JD POP has no interface to ${what}`);
  };
}

/** One shop's intercepts. `now` (ms) is for the signed timestamp. */
function channelFor(credentials: JdShopCredentials, now: () => number): CarrierAdapter {
  return {
    manifest: JD_CHANNEL,
    create: async (command, ctx) =>
      refusedHere(command, credentials) ??
      readCreate(await ctx.send(replyRequest(command, credentials, now())), command, credentials),
    cancel: none('take an agreed refund and its stop back'),
    status: async (command, ctx) =>
      readOutcome(await ctx.send(outcomeRequest(command, credentials, now())), command, credentials),
    track: none('read the track of a parcel'),
    verifyPush: () => false,
    readPush: () => {
      throw new CarrierFault('contract_broken', 'JD POP pushes nothing about intercepts');
    },
    ack: (outcome) => ({ status: ACK_STATUS[outcome], contentType: 'text/plain; charset=utf-8', body: outcome }),
  };
}

export const jdChannel: CarrierPlugin<typeof JD_CREDENTIALS> = {
  manifest: JD_CHANNEL,
  create: (credentials) => channelFor(credentials, Date.now),
};
