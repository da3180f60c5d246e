import type { CarrierRequest } from '../../../domain/carrier/port.js';
import type { XiaohongshuCredentials } from './manifest.js';
import { gatewaySign } from './sign.js';

const PATH = '/ark/open_api/v3/common_controller';

export type Method =
  | 'afterSale.getAfterSaleInfo'
  | 'afterSale.listAfterSaleInfos'
  | 'order.getOrderDetail'
  | 'afterSale.auditReturns';

/** One signed call: the parameters of the system and of the method in one JSON object. */
export function apiRequest(
  { appKey, appSecret, accessToken }: XiaohongshuCredentials,
  method: Method,
  parameters: Readonly<Record<string, string | number | boolean>>,
  nowMs: number,
): CarrierRequest {
  const timestampS = String(Math.floor(nowMs / 1000));
  const sign = gatewaySign({ method, appId: appKey, timestampS, appSecret });
  const system = { sign, appId: appKey, accessToken, timestamp: timestampS, version: '2.0', method };
  return {
    method: 'POST',
    path: PATH,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: JSON.stringify({ ...parameters, ...system }),
    effect: method === 'afterSale.auditReturns' ? 'write' : 'read',
  };
}
