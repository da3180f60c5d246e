import type { PlatformAdapter, PlatformPlugin, WebhookAck } from '../../../domain/platform/port.js';
import type { PINDUODUO_CREDENTIALS, PinduoduoCredentials } from './credentials.js';
import { fetchDetail } from './detail.js';
import { PINDUODUO_MANIFEST } from './manifest.js';
import { readMessage } from './messages.js';
import { pinduoduoPoll } from './poll.js';
import { pinduoduoRefunds } from './refund.js';
import { pinduoduoSocket } from './socket.js';

/** The platform POSTs nothing: whoever does is not the platform. */
const ACK_STATUS = { stored: 200, bad_signature: 401, overloaded: 503 } as const;

function ack(outcome: keyof typeof ACK_STATUS): WebhookAck {
  return { status: ACK_STATUS[outcome], contentType: 'text/plain; charset=utf-8', body: outcome };
}

function adapterFor(credentials: PinduoduoCredentials): PlatformAdapter {
  const refunds = pinduoduoRefunds(credentials);
  return {
    manifest: PINDUODUO_MANIFEST,
    verify: () => false,
    envelopes: () => [],
    read: readMessage,
    ack,
    fetchDetail: (wanted, ctx, nowMs) => fetchDetail(credentials, wanted, ctx, nowMs),
    poll: pinduoduoPoll(credentials),
    socket: pinduoduoSocket(credentials),
    ...(refunds === undefined ? {} : { refunds }),
  };
}

/** Pinduoduo as it plugs in. It has no intercept interface, so a shop's parcels go through the couriers' own. */
export const pinduoduoPlugin: PlatformPlugin<typeof PINDUODUO_CREDENTIALS> = {
  manifest: PINDUODUO_MANIFEST,
  create: adapterFor,
};
