import { GenericTwin } from '../../../sandbox/platforms/generic/generic.js';
import { GENERIC_VALUES } from '../../../sandbox/platforms/generic/options.js';
import type { RefundInput } from '../../../sandbox/refunds/refund.js';
import { type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const GENERIC_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

export async function startGeneric(options: StartOptions = {}): Promise<TwinUnderTest> {
  const values = GENERIC_VALUES.parse({ secret: GENERIC_SECRET, ...options.own });
  return start((context) => new GenericTwin(context, values), options);
}

/** A refund-only of a shipped order, over the control API. */
export function genericRefund(refundId: string, more: Partial<RefundInput> = {}): Json {
  return {
    shopId: '1',
    refundId,
    orderId: `SO-${refundId}`,
    refundFen: 8900,
    paidFen: 8900,
    parcels: [{ companyCode: 'zto', companyName: '中通', waybillNo: '73100130019486' }],
    ...more,
  };
}
