import type { PlatformAdapter, PlatformPlugin, WebhookAck } from '../../../domain/platform/port.js';
import { fetchDetail } from './detail.js';
import { type KUAISHOU_CREDENTIALS, KUAISHOU_MANIFEST, type KuaishouCredentials } from './manifest.js';
import { envelopesOf, isGenuine, readMessage } from './messages.js';
import { pollOf } from './poll.js';
import { kuaishouRefunds } from './refund.js';

/** Success is documented; a failure is anything else, and the statuses are ours (contract.md section 5). */
const ACKS = {
  stored: { status: 200, body: '{"result":1}' },
  bad_signature: { status: 401, body: '{"result":0}' },
  overloaded: { status: 503, body: '{"result":0}' },
} as const;

function ack(outcome: keyof typeof ACKS): WebhookAck {
  return { ...ACKS[outcome], contentType: 'application/json; charset=utf-8' };
}

function adapterFor(credentials: KuaishouCredentials): PlatformAdapter {
  return {
    manifest: KUAISHOU_MANIFEST,
    verify: (webhook) => isGenuine(credentials, webhook),
    envelopes: (webhook) => envelopesOf(credentials, webhook),
    read: readMessage,
    ack,
    fetchDetail: ({ afterSaleId }, ctx, nowMs) => fetchDetail(credentials, afterSaleId, ctx, nowMs),
    poll: pollOf(credentials),
    refunds: kuaishouRefunds(credentials),
  };
}

/** Kuaishou Shop as it plugs in. */
export const kuaishouPlugin: PlatformPlugin<typeof KUAISHOU_CREDENTIALS> = {
  manifest: KUAISHOU_MANIFEST,
  create: adapterFor,
};
