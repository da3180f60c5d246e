import type { InterceptCommand } from '../../src/domain/carrier/port.js';
import { taobaoChannel } from '../../src/producers/platforms/taobao/channel/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness, CarrierWire } from './carrier-harness.js';

const SECRET = 'abcdef0123456789abcdef0123456789';
const CREDENTIALS = { appKey: '12345678', appSecret: SECRET, accessToken: '6100c084de93ac021c879df03a4f699' };
/** One number for both, so that an exchange that is kept names what it was about whichever way it was asked. */
const NUMBER = '7000893114000949517';

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });

/** The gateway's refusal; words instead of a number are what it says in `sub_code`. */
function failed(code: string): Reply {
  const isNumber = /^\d+$/.test(code);
  const error = isNumber ? { code: Number(code) } : { code: 15, sub_code: code };
  return json({ error_response: { ...error, msg: 'Remote service error', sub_msg: '业务失败', request_id: 'r' } });
}

const REFUSALS = {
  failed,
  unknownCodes: ['9999', '801', '', 'constructor', 'isv.nobody-explained'],
  badCredentials: failed('27'),
  throttled: failed('7'),
} as const;

/** The call that names the waybill. */
const CUT_WIRE: CarrierWire = {
  ...REFUSALS,
  accepted: (request_id) => json({ logistics_erp_delivery_cut_response: { suc: true, retry: false, request_id } }),
  numberIn: 'rawText',
  almostAccepted: [
    json({ logistics_erp_delivery_cut_response: { suc: 'true', request_id: 'r' } }),
    json({ logistics_erp_delivery_cut_response: { suc: 1 } }),
    json({ logistics_erp_delivery_cut_response: { request_id: 'r' } }),
    json({ logistics_erp_delivery_cut_response: { suc: true, biz_error_code: 'E1', biz_error_message: '已签收' } }),
    json({ logistics_erp_delivery_cut_response: { suc: true }, error_response: { code: 7 } }),
    json({ suc: true }),
    json({ rp_refund_intercept_response: { request_id: 'r' } }),
    json([{ logistics_erp_delivery_cut_response: { suc: true } }]),
  ],
};

/** The call that names the after-sale and its version. */
const REFUND_WIRE: CarrierWire = {
  ...REFUSALS,
  accepted: (request_id) => json({ rp_refund_intercept_response: { request_id } }),
  numberIn: 'rawText',
  almostAccepted: [
    json({ rp_refund_intercept_response: {} }),
    json({ rp_refund_intercept_response: { request_id: '' } }),
    json({ rp_refund_intercept_response: { request_id: 'r', success: false } }),
    json({ rp_refund_intercept_response: 'r' }),
    json({ rp_refund_intercept_response: { request_id: 'r' }, error_response: { code: 7 } }),
    json({ request_id: 'r' }),
    json({ logistics_erp_delivery_cut_response: { suc: true, request_id: 'r' } }),
    json([{ rp_refund_intercept_response: { request_id: 'r' } }]),
  ],
};

/** An order for this after-sale; its waybill is the same digits. */
export function orderFor(afterSaleId: string): InterceptCommand {
  return commandOf({
    waybillNo: afterSaleId,
    carrier: 'zto',
    requestId: '4711-1',
    bizNo: '4711-1',
    asKnownThere: { rawCarrier: '中通快递', wantedBy: [{ afterSaleId, orderId: '1', version: '1630022530000' }] },
  });
}

const SHARED = { plugin: taobaoChannel, secrets: Object.values(CREDENTIALS), command: orderFor(NUMBER) };

export const taobaoCutHarness: CarrierHarness = {
  ...SHARED,
  credentials: { ...CREDENTIALS, interceptBy: 'delivery_cut', cpCodes: { zto: 'ZTO' } },
  wire: CUT_WIRE,
};

export const taobaoRefundHarness: CarrierHarness = { ...SHARED, credentials: CREDENTIALS, wire: REFUND_WIRE };
