import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { PlatformAdapter, PlatformPlugin, RawWebhook, WebhookAck } from '../../../domain/platform/port.js';
import { type GENERIC_CREDENTIALS, GENERIC_MANIFEST } from './manifest.js';
import { envelopesOf, readMessage } from './messages.js';
import { isRecent, isSigned } from './sign.js';

const ACKS = {
  stored: { status: 200, body: '{"status":"stored"}' },
  bad_signature: { status: 401, body: '{"status":"refused","reason":"signature, or a time more than 5 minutes away"}' },
  overloaded: { status: 503, body: '{"status":"overloaded"}' },
} as const;

function ack(outcome: keyof typeof ACKS): WebhookAck {
  return { ...ACKS[outcome], contentType: 'application/json; charset=utf-8' };
}

function verify(secret: string, { body, headers }: RawWebhook, nowMs: number): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (id === undefined || id === '' || timestamp === undefined || signatures === undefined) return false;
  return isRecent(timestamp, nowMs) && isSigned(secret, { id, timestamp, body }, signatures);
}

function adapterFor(secret: string, clock: () => number): PlatformAdapter {
  return {
    manifest: GENERIC_MANIFEST,
    verify: (webhook) => verify(secret, webhook, clock()),
    envelopes: envelopesOf,
    read: readMessage,
    ack,
    fetchDetail: () => Promise.reject(new CarrierFault('bad_request', 'a generic shop has nothing to be asked')),
  };
}

/** The generic webhook as it plugs in. `clock` in ms since 1970: messages more than 5 minutes away from it are refused. */
export function genericPlugin(clock: () => number = Date.now): PlatformPlugin<typeof GENERIC_CREDENTIALS> {
  return { manifest: GENERIC_MANIFEST, create: ({ secret }) => adapterFor(secret, clock) };
}
