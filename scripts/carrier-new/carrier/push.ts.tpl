import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierPush, PushAck, RawPush } from '../../../domain/carrier/port.js';
import type { __Slug__Credentials } from './credentials.js';

/**
 * Is this push from the courier? In constant time (`sameDigest`). TODO: how it proves that; until then every push is
 * turned away. No pushes at all: delete this file, set `push: false` in the manifest, and let the adapter do the same.
 */
export function verify__Slug__Push(_push: RawPush, _keys: __Slug__Credentials): boolean {
  return false;
}

/** A verified push, read as strictly as the track. TODO. Throws CarrierFault('contract_broken'). */
export function read__Slug__Push(_push: Pick<RawPush, 'body'>): readonly CarrierPush[] {
  throw new CarrierFault('contract_broken', 'the pushes of __slug__ are not written');
}

const ACKS = {
  stored: { status: 200, success: true, message: 'stored' },
  bad_signature: { status: 401, success: false, message: 'the signature does not match' },
  overloaded: { status: 503, success: false, message: 'not stored, push again' },
} as const;

/** TODO: the courier's own way of hearing "got it". */
export function ack__Slug__Push(outcome: keyof typeof ACKS): PushAck {
  const { status, ...body } = ACKS[outcome];
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
