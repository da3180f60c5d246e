import type { Response } from 'express';
import type { PushAck } from '../../domain/carrier/port.js';
import type { WebhookAck } from '../../domain/platform/port.js';
import type { Stored } from './group-commit.js';
import { refuse } from './refusals.js';

/** When to come back, seconds: the database's own return takes about as long. */
const RETRY_AFTER_S = '2';

interface Acks {
  ack(outcome: 'stored' | 'bad_signature' | 'overloaded'): WebhookAck | PushAck;
}

/** The sender's own words; the status of a "no" is ours (contract section 5), whatever the sender documents. */
export function answer(res: Response, adapter: Acks, outcome: Stored | 'bad_signature'): void {
  if (outcome === 'refused') {
    refuse(res, 'event_not_storable');
    return;
  }
  const ack = adapter.ack(outcome);
  if (outcome === 'overloaded') res.set('Retry-After', RETRY_AFTER_S);
  const status = { stored: ack.status, bad_signature: 401, overloaded: 503 }[outcome];
  res.status(status).set('Content-Type', ack.contentType).end(ack.body);
}
