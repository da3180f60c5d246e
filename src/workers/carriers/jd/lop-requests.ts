import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import { formatChinaTime } from '../../../domain/china-time.js';
import type { JdCredentials } from './credentials.js';
import { signLop } from './sign.js';

/** The domain of JD's express interfaces (`LOP-DN`). */
const DOMAIN = 'ECAP';

const LOP_PATHS = {
  cancel: '/ecap/v1/orders/cancel',
  status: '/ecap/v1/orders/status/get',
  track: '/ecap/v1/orders/trace/query',
} as const;

/** Serialises once, as a list of one, and signs exactly those bytes; keys and signature travel in the query. */
function post(
  path: string,
  effect: CarrierRequest['effect'],
  content: Readonly<Record<string, unknown>>,
  keys: JdCredentials,
  nowMs: number,
): CarrierRequest {
  const { appKey, appSecret, accessToken, algorithm } = keys;
  const body = JSON.stringify([content]);
  const timestamp = formatChinaTime(new Date(nowMs));
  const query = {
    'LOP-DN': DOMAIN,
    app_key: appKey,
    access_token: accessToken,
    timestamp,
    v: '2.0',
    sign: signLop({ accessToken, appKey, path, body, timestamp }, appSecret, algorithm),
    algorithm,
  };
  // `%20` and not `+` for a blank: every server reads it the same way.
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  // The time is that of China, whatever zone the gateway is in.
  const headers = { 'Content-Type': 'application/json;charset=utf-8', 'lop-tz': '8' };
  return { method: 'POST', path: `${path}?${pairs.join('&')}`, headers, body, effect };
}

/** How JD is told which parcel; the first three fields of every call. */
function whose(command: InterceptCommand, keys: JdCredentials) {
  return { waybillCode: command.waybillNo, orderOrigin: keys.orderOrigin, customerCode: keys.customerCode };
}

/**
 * "Turn it around", or before the pick-up "cancel it": JD has one call for both (commonCancelOrderV1). There is no request
 * id. `subscribeIntercept` is left out, since the form of what it would push is not documented.
 */
export function lopCreateRequest(command: InterceptCommand, keys: JdCredentials, nowMs: number): CarrierRequest {
  const content = {
    ...whose(command, keys),
    cancelReason: keys.cancelReason,
    cancelReasonCode: keys.cancelReasonCode,
    // Documented for B2C and C2B only, and left out elsewhere.
    cancelType: keys.orderOrigin === 4 ? undefined : 1,
    businessUnitCode: keys.businessUnitCode,
  };
  return post(LOP_PATHS.cancel, 'write', content, keys, nowMs);
}

/** "What is the status of the shipment?" */
export function lopStatusRequest(command: InterceptCommand, keys: JdCredentials, nowMs: number): CarrierRequest {
  return post(LOP_PATHS.status, 'read', whose(command, keys), keys, nowMs);
}

/** "Where is it?" */
export function lopTrackRequest(command: InterceptCommand, keys: JdCredentials, nowMs: number): CarrierRequest {
  return post(LOP_PATHS.track, 'read', whose(command, keys), keys, nowMs);
}
