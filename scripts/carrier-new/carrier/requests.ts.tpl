import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import type { __Slug__Credentials } from './credentials.js';
import { sign__Slug__ } from './sign.js';

/** TODO: where the courier takes orders and shows tracks. */
const PATHS = { create: '/not-written/create', track: '/not-written/track' } as const;

/** Serialises once and signs exactly those bytes. TODO: the courier's headers and envelope. */
function post(
  path: string,
  effect: CarrierRequest['effect'],
  content: Readonly<Record<string, string>>,
  keys: __Slug__Credentials,
): CarrierRequest {
  const body = JSON.stringify(content);
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'app-key': keys.appKey,
    sign: sign__Slug__(body, keys.appSecret),
  };
  return { method: 'POST', path, headers, body, effect };
}

/** "Turn it around." TODO: the courier's fields; `requestId` too where it knows repeats by one. */
export function createRequest(command: InterceptCommand, keys: __Slug__Credentials): CarrierRequest {
  return post(PATHS.create, 'write', { waybillNo: command.waybillNo }, keys);
}

/** "Where is it?" TODO: the courier's fields. */
export function trackRequest(command: InterceptCommand, keys: __Slug__Credentials): CarrierRequest {
  return post(PATHS.track, 'read', { waybillNo: command.waybillNo }, keys);
}
