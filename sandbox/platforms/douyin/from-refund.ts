import type { EmitInput } from '../../refunds/emission-plan.js';
import type { RefundEvent, RefundInput } from '../../refunds/refund.js';
import type { AfterSaleInput } from './after-sale.js';
import type { EventInput } from './push-spec.js';

/** `aftersale_type`. */
const TYPES = { refund_only: 1, return_refund: 0, before_shipment: 2, exchange: 3 } as const;

/** The message of each event. */
const TAGS = {
  created: '200',
  modified: '208',
  agreed: '201',
  refused: '204',
  paid: '206',
  closed: '207',
  arbitrated: '212',
} as const satisfies Record<RefundEvent, string>;

const NEW = 6;

/** A refund as the other platforms' twins take it, as this twin's after-sale. Only new ones: events bring them further. */
export function afterSaleOf(refund: RefundInput): AfterSaleInput {
  const { shopId, refundId, orderId, type = 'refund_only', refundFen, paidFen, postFen = 0, parcels = [] } = refund;
  return {
    shopId,
    afterSaleId: refundId,
    orderId,
    skuOrderId: `${orderId.slice(0, -1)}3`,
    type: TYPES[type],
    status: NEW,
    refundAmountFen: refundFen,
    paidFen,
    postFen,
    partType: refundFen < paidFen ? 1 : 0,
    parcels: parcels.map(({ waybillNo, ...company }) => ({ trackingNo: waybillNo, ...company })),
    ...(refund.reason === undefined ? {} : { reason: refund.reason }),
  };
}

export function eventOf({ refundId, event = 'created', afterMs }: EmitInput['events'][number]): EventInput {
  return { afterSaleId: refundId, tag: TAGS[event], ...(afterMs === undefined ? {} : { afterMs }) };
}
