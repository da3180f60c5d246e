import { createHmac } from 'node:crypto';

/** The parameters of a call that are signed, under their names on the wire. */
export interface SignedParameters {
  readonly access_token: string;
  readonly appkey: string;
  readonly method: string;
  readonly param: string;
  readonly signMethod: 'HMAC_SHA256';
  /** Unix milliseconds. */
  readonly timestamp: string;
  readonly version: '1';
}

/**
 * The gateway's `sign`: the parameters in the order of their names, `&signSecret=` behind them, HMAC-SHA256 under the
 * same secret, base64 (reference/platforms.md 5.3). Signed before anything is encoded for the address.
 */
export function gatewaySign(signSecret: string, parameters: SignedParameters): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [...sorted, ['signSecret', signSecret]].map(([name, value]) => `${name}=${value}`).join('&');
  return createHmac('sha256', signSecret).update(text).digest('base64');
}
