import type { PlatformAdapter, PlatformPlugin, RawWebhook, WebhookAck } from '../../../domain/platform/port.js';
import { fetchDetail } from './detail.js';
import { type XIAOHONGSHU_CREDENTIALS, XIAOHONGSHU_MANIFEST, type XiaohongshuCredentials } from './manifest.js';
import { cutEnvelopes, isAddressCheck, readMessage } from './messages.js';
import { pollOf } from './poll.js';
import { xiaohongshuRefunds } from './refund.js';
import { isPushSigned } from './sign.js';

/** Success is documented; code and text of a failure are ours, as its status is (contract.md section 5). */
const ACKS = {
  stored: { status: 200, body: '{"success":true,"error_code":0,"error_msg":""}' },
  bad_signature: { status: 401, body: '{"success":false,"error_code":401,"error_msg":"bad signature"}' },
  overloaded: { status: 503, body: '{"success":false,"error_code":503,"error_msg":"overloaded"}' },
} as const;

function ack(outcome: keyof typeof ACKS): WebhookAck {
  return { ...ACKS[outcome], contentType: 'application/json; charset=utf-8' };
}

/**
 * The address and the moment are signed, the body is not: a push that passes proves only that the platform called. The
 * check of the address passes without a signature, of which no document speaks: it leaves nothing behind.
 */
function verify(credentials: XiaohongshuCredentials, { body, headers, query, path }: RawWebhook): boolean {
  if (isAddressCheck(body)) return true;
  const { appKey, appSecret, pushPath } = credentials;
  const { timestamp, sign, 'app-key': sentKey } = headers;
  const signedPath = pushPath ?? path;
  if (signedPath === undefined || sign === undefined || sentKey !== appKey) return false;
  if (timestamp === undefined || !/^\d{1,16}$/.test(timestamp)) return false;
  return isPushSigned({ path: signedPath, query, appKey, timestamp }, appSecret, sign);
}

function adapterFor(credentials: XiaohongshuCredentials): PlatformAdapter {
  return {
    manifest: XIAOHONGSHU_MANIFEST,
    verify: (webhook) => verify(credentials, webhook),
    envelopes: cutEnvelopes,
    read: readMessage,
    ack,
    fetchDetail: ({ afterSaleId }, ctx, nowMs) => fetchDetail(credentials, afterSaleId, ctx, nowMs),
    poll: pollOf(credentials),
    refunds: xiaohongshuRefunds(credentials),
  };
}

/** Xiaohongshu as it plugs in. */
export const xiaohongshuPlugin: PlatformPlugin<typeof XIAOHONGSHU_CREDENTIALS> = {
  manifest: XIAOHONGSHU_MANIFEST,
  create: adapterFor,
};
