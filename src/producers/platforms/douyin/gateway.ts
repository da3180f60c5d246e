import type { CarrierRequest } from '../../../domain/carrier/port.js';
import type { DouyinCredentials } from './manifest.js';
import { canonicalJson, gatewaySign, type SignableJson } from './sign.js';

export interface GatewayCall {
  /** Like `afterSale.Detail`; the path is the same words. */
  readonly method: string;
  readonly params: { readonly [key: string]: SignableJson };
  readonly effect: CarrierRequest['effect'];
}

/** The signed request of one call (reference 1.4). The query holds the access token. `nowMs`: ms since 1970. */
export function gatewayRequest(
  credentials: DouyinCredentials,
  { method, params, effect }: GatewayCall,
  nowMs: number,
): CarrierRequest {
  const paramJson = canonicalJson(params);
  const timestampS = String(Math.floor(nowMs / 1000));
  const query = new URLSearchParams({
    app_key: credentials.appKey,
    method,
    timestamp: timestampS,
    v: '2',
    sign_method: 'hmac-sha256',
    sign: gatewaySign(credentials, { method, paramJson, timestampS }),
    access_token: credentials.accessToken,
  });
  return {
    method: 'POST',
    path: `/${method.replace('.', '/')}?${query.toString()}`,
    headers: { 'content-type': 'application/json' },
    body: paramJson,
    effect,
  };
}
