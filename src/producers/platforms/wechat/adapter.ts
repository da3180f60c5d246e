import type { PlatformAdapter, PlatformPlugin, RawWebhook, WebhookAck } from '../../../domain/platform/port.js';
import { fetchDetail } from './detail.js';
import { type WECHAT_CREDENTIALS, WECHAT_MANIFEST, type WechatCredentials } from './manifest.js';
import { envelopesOf, isGenuine, readMessage } from './messages.js';
import { pollOf } from './poll.js';
import { wechatRefunds } from './refund.js';
import { isSigned } from './sign.js';

const PLAIN = 'text/plain; charset=utf-8';

/** `success` is documented; a failure is anything that is not HTTP 200 (contract.md section 5). */
const ACKS = {
  stored: { status: 200, body: 'success' },
  bad_signature: { status: 401, body: 'bad signature' },
  overloaded: { status: 503, body: 'overloaded' },
} as const;

function ack(outcome: keyof typeof ACKS): WebhookAck {
  return { ...ACKS[outcome], contentType: PLAIN };
}

/** The check of the address: signed with the token, answered with the very `echostr`. */
function answerCheck({ token }: WechatCredentials, { query }: Pick<RawWebhook, 'query'>): WebhookAck | null {
  const { signature, timestamp, nonce, echostr } = query;
  if (signature === undefined || timestamp === undefined || nonce === undefined || echostr === undefined) return null;
  if (!isSigned(signature, token, timestamp, nonce)) return ack('bad_signature');
  return { status: 200, contentType: PLAIN, body: echostr };
}

function adapterFor(credentials: WechatCredentials): PlatformAdapter {
  return {
    manifest: WECHAT_MANIFEST,
    verify: (webhook) => isGenuine(credentials, webhook),
    answerCheck: (webhook) => answerCheck(credentials, webhook),
    envelopes: (webhook) => envelopesOf(credentials, webhook),
    read: readMessage,
    ack,
    fetchDetail: ({ afterSaleId }, ctx, nowMs) => fetchDetail(credentials, afterSaleId, ctx, nowMs),
    poll: pollOf(credentials),
    refunds: wechatRefunds(credentials),
  };
}

/** WeChat Store as it plugs in. */
export const wechatPlugin: PlatformPlugin<typeof WECHAT_CREDENTIALS> = {
  manifest: WECHAT_MANIFEST,
  create: adapterFor,
};
