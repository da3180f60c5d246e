import type { PlatformAdapter, PlatformPlugin, WebhookAck } from '../../../domain/platform/port.js';
import { taobaoChannel } from './channel/adapter.js';
import type { TAOBAO_CREDENTIALS, TaobaoCredentials } from './credentials.js';
import { fetchDetail } from './detail.js';
import { readEvent } from './events.js';
import { TAOBAO_MANIFEST } from './manifest.js';
import { taobaoPoll } from './poll.js';
import { taobaoRefunds } from './refund.js';
import { taobaoSocket } from './socket.js';

/** The platform POSTs nothing: whoever does is not the platform. */
const ACK_STATUS = { stored: 200, bad_signature: 401, overloaded: 503 } as const;

function ack(outcome: keyof typeof ACK_STATUS): WebhookAck {
  return { status: ACK_STATUS[outcome], contentType: 'text/plain; charset=utf-8', body: outcome };
}

function adapterFor(credentials: TaobaoCredentials): PlatformAdapter {
  return {
    manifest: TAOBAO_MANIFEST,
    verify: () => false,
    envelopes: () => [],
    read: readEvent,
    ack,
    fetchDetail: (wanted, ctx, nowMs) => fetchDetail(credentials, wanted, ctx, nowMs),
    poll: taobaoPoll(credentials),
    socket: taobaoSocket(credentials),
    refunds: taobaoRefunds(credentials),
  };
}

/** Taobao and Tmall as they plug in, with the platform's own intercept APIs. */
export const taobaoPlugin: PlatformPlugin<typeof TAOBAO_CREDENTIALS> = {
  manifest: TAOBAO_MANIFEST,
  create: adapterFor,
  channel: taobaoChannel,
};
