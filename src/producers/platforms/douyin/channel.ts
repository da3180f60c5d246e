import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierAdapter, CarrierManifest, CarrierPlugin } from '../../../domain/carrier/port.js';
import type { DouyinSettings } from './answers.js';
import { CHANNEL_FACTS } from './channel-facts.js';
import { GATEWAY_CODES } from './gateway-codes.js';
import { interceptRequest, statusRequest } from './intercept.js';
import { normaliseWaybill, readIntercept } from './intercept-answers.js';
import { DOUYIN_CREDENTIALS, DOUYIN_MANIFEST, type DouyinCredentials } from './manifest.js';
import { readStatus } from './status.js';

/** Douyin's own intercept API as a courier: what its lanes, the worker and the docs may know of it. */
const CHANNEL_MANIFEST: CarrierManifest<typeof DOUYIN_CREDENTIALS> = {
  slug: 'douyin',
  name: { zh: '抖店快递拦截', en: 'Douyin Shop intercept' },
  credentials: DOUYIN_CREDENTIALS,
  defaultBaseUrl: DOUYIN_MANIFEST.defaultBaseUrl,
  // Not documented.
  rateLimit: { max: 20, perMs: 1_000 },
  // As long as the platform's SDK waits: an order whose answer is given up too early is an order nobody knows of.
  timeoutMs: 12_000,
  // No request id, and no answer to a repetition is documented.
  resend: 'never',
  // The list shows an intercept only once the parcel is on its way back: too late to find a lost answer by it.
  probe: 'none',
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
    feeInAnswer: true,
  },
  codes: Object.fromEntries(
    Object.entries(GATEWAY_CODES).map(([code, { zh, advice, write }]) => [code, { text: zh, advice, means: write }]),
  ),
  facts: CHANNEL_FACTS,
  normaliseWaybill,
};

const ACK_STATUS = { stored: 200, bad_signature: 401, overloaded: 503 } as const;

/** `now`: ms since 1970, for the timestamp of the signature. */
function channelFor(credentials: DouyinCredentials, settings: DouyinSettings, now: () => number): CarrierAdapter {
  const none = async (what: string): Promise<never> => {
    throw new CarrierFault('bad_request', `Douyin has no interface to ${what}`);
  };
  return {
    manifest: CHANNEL_MANIFEST,
    create: async (command, ctx) =>
      readIntercept(
        await ctx.send(interceptRequest(credentials, command, now())),
        command.waybillNo,
        credentials.interceptMeanings ?? {},
        settings,
      ),
    cancel: () => none('take an intercept back'),
    status: async (command, ctx) =>
      readStatus(await ctx.send(statusRequest(credentials, command, now())), command, settings),
    track: () => none('read the track of a parcel'),
    // Its results come by no message (reference 1.2): nothing that claims to be one is.
    verifyPush: () => false,
    readPush() {
      throw new CarrierFault('contract_broken', 'Douyin pushes nothing about intercepts');
    },
    ack: (outcome) => ({ status: ACK_STATUS[outcome], contentType: 'text/plain; charset=utf-8', body: '' }),
  };
}

export function douyinChannel(settings: DouyinSettings): CarrierPlugin<typeof DOUYIN_CREDENTIALS> {
  return {
    manifest: CHANNEL_MANIFEST,
    create: (credentials) => channelFor(credentials, settings, Date.now),
  };
}
