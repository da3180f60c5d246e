import type { PlatformAdapter, PlatformPlugin, WebhookAck } from '../../../domain/platform/port.js';
import { jdChannel } from './channel.js';
import type { JD_CREDENTIALS, JdShopCredentials } from './credentials.js';
import { fetchDetail } from './detail.js';
import { JD_MANIFEST } from './manifest.js';
import { pollOf } from './poll.js';
import { readPolled } from './polled.js';
import { jdRefunds } from './refund.js';

/** JD pushes nothing that is documented; what comes all the same is not acknowledged as stored. */
const ACK_STATUS = { stored: 200, bad_signature: 401, overloaded: 503 } as const;

function ack(outcome: keyof typeof ACK_STATUS): WebhookAck {
  return { status: ACK_STATUS[outcome], contentType: 'text/plain; charset=utf-8', body: outcome };
}

function adapterFor(credentials: JdShopCredentials): PlatformAdapter {
  return {
    manifest: JD_MANIFEST,
    verify: () => false,
    envelopes: () => [],
    read: readPolled,
    ack,
    fetchDetail: ({ afterSaleId }, ctx, nowMs) => fetchDetail(credentials, afterSaleId, ctx, nowMs),
    poll: pollOf(credentials),
    refunds: jdRefunds(credentials),
  };
}

/** JD POP as it plugs in. The courier JD (`workers/carriers/jd`) is another thing with other keys. */
export const jdPlugin: PlatformPlugin<typeof JD_CREDENTIALS> = {
  manifest: JD_MANIFEST,
  create: adapterFor,
  channel: jdChannel,
};
