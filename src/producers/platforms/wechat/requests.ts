import type { CarrierRequest } from '../../../domain/carrier/port.js';

export type Endpoint =
  | '/channels/ec/aftersale/getaftersaleorder'
  | '/channels/ec/aftersale/getaftersalelist'
  | '/channels/ec/order/get'
  | '/channels/ec/aftersale/acceptapply'
  | '/channels/ec/aftersale/rejectapply';

/** One call. The address holds the access token, so whoever logs addresses leaves it out. */
export function apiRequest(
  accessToken: string,
  endpoint: Endpoint,
  parameters: Readonly<Record<string, string | number>>,
  effect: CarrierRequest['effect'] = 'read',
): CarrierRequest {
  return {
    method: 'POST',
    path: `${endpoint}?${new URLSearchParams({ access_token: accessToken }).toString()}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
    effect,
  };
}
