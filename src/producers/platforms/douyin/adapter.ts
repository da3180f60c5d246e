import type { PlatformAdapter, PlatformPlugin, RawWebhook, WebhookAck } from '../../../domain/platform/port.js';
import { DOUYIN_SETTINGS, type DouyinSettings, dataOfAnswer } from './answers.js';
import { douyinChannel } from './channel.js';
import { detailRequest, readDetail } from './detail.js';
import { cutEnvelopes, readEvent } from './events.js';
import { type DOUYIN_CREDENTIALS, DOUYIN_MANIFEST, type DouyinCredentials } from './manifest.js';
import { douyinPoll } from './poll.js';
import { douyinRefunds } from './refund.js';
import { isEventSigned } from './sign.js';

const FAILED = '{"code":1,"msg":"fail"}';
/** Success is documented; the body of a failure is what one SDK answers, the status is ours (contract.md section 5). */
const ACKS = {
  stored: { status: 200, body: '{"code":0,"msg":"success"}' },
  bad_signature: { status: 401, body: FAILED },
  overloaded: { status: 503, body: FAILED },
} as const;

function ack(outcome: keyof typeof ACKS): WebhookAck {
  return { ...ACKS[outcome], contentType: 'application/json; charset=utf-8' };
}

/** The webhook is ours (`app-id`) and its bytes are the platform's (`event-sign`). */
function verify(credentials: DouyinCredentials, { body, headers }: RawWebhook): boolean {
  const eventSign = headers['event-sign'];
  return (
    headers['app-id'] === credentials.appKey && eventSign !== undefined && isEventSigned(credentials, body, eventSign)
  );
}

function adapterFor(credentials: DouyinCredentials, settings: DouyinSettings): PlatformAdapter {
  return {
    manifest: DOUYIN_MANIFEST,
    verify: (webhook) => verify(credentials, webhook),
    envelopes: (webhook) => cutEnvelopes(webhook.body),
    read: readEvent,
    ack,
    fetchDetail: async ({ afterSaleId }, ctx, nowMs) => {
      const response = await ctx.send(detailRequest(credentials, afterSaleId, nowMs));
      return readDetail(dataOfAnswer(response, settings), afterSaleId);
    },
    poll: douyinPoll(credentials, settings),
    refunds: douyinRefunds(credentials, settings),
  };
}

/** Douyin Shop as it plugs in; `settings` only where a gateway's undocumented numbers turn out otherwise. */
export function douyinPlugin(settings: DouyinSettings = DOUYIN_SETTINGS): PlatformPlugin<typeof DOUYIN_CREDENTIALS> {
  return {
    manifest: DOUYIN_MANIFEST,
    create: (credentials) => adapterFor(credentials, settings),
    channel: douyinChannel(settings),
  };
}
