import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import { gatewayRequest } from './gateway.js';
import { listRequest } from './list.js';
import type { DouyinCredentials } from './manifest.js';

/** `op_from`: the seller asks, not the platform's service. */
const SELLER = 1;
const INT64 = /^[1-9]\d{0,18}$/;
const WEEK_S = 7 * 24 * 3600;

/** The after-sales of a command that the platform can know. Throws CarrierFault: without one there is nothing to ask for. */
export function knownAfterSales({ asKnownThere }: InterceptCommand) {
  const known = (asKnownThere?.wantedBy ?? []).filter(({ afterSaleId }) => INT64.test(afterSaleId));
  if (known.length === 0) throw new CarrierFault('bad_request', 'no after-sale of Douyin stands behind this parcel');
  return known;
}

/**
 * The signed order `afterSale.applyLogisticsIntercept` for one parcel, under the oldest after-sale that wants it back
 * (reference 1.5). It holds no request id: the platform takes none. Throws CarrierFault.
 */
export function interceptRequest(
  credentials: DouyinCredentials,
  command: InterceptCommand,
  nowMs: number,
): CarrierRequest {
  const [oldest] = knownAfterSales(command);
  const companyCode = command.asKnownThere?.rawCarrier ?? '';
  if (!oldest || companyCode === '') {
    throw new CarrierFault('bad_request', "the platform's word for the courier is not known");
  }
  const params = {
    after_sale_id: BigInt(oldest.afterSaleId),
    op_from: SELLER,
    intercept_targets: [{ company_code: companyCode, tracking_no: command.waybillNo }],
  };
  return gatewayRequest(credentials, { method: 'afterSale.applyLogisticsIntercept', params, effect: 'write' }, nowMs);
}

/**
 * Asks which after-sales have their parcel on its way back (`order_logistics_state` 3), from the state in which we know
 * the one of the command: the list is ordered by that moment, so it is on the first page unless it has changed since.
 */
export function statusRequest(
  credentials: DouyinCredentials,
  command: InterceptCommand,
  nowMs: number,
): CarrierRequest {
  const nowS = Math.ceil(nowMs / 1000);
  const versions = knownAfterSales(command).map(({ version }) =>
    /^\d{10}$/.test(version ?? '') ? Number(version) : 0,
  );
  const known = Math.min(...versions);
  const fromS = known > 0 ? known - 1 : nowS - WEEK_S;
  return listRequest(credentials, { fromS, toS: nowS, page: 0, logisticsState: 3 }, nowMs);
}
