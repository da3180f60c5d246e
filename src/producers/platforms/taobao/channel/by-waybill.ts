import type { CallContext, CreateAnswer, InterceptCommand } from '../../../../domain/carrier/port.js';
import { formatChinaTime } from '../../../../domain/china-time.js';
import type { TaobaoCredentials } from '../credentials.js';
import { gatewayRequest } from '../top.js';
import { createAnswer, readCut } from './answers.js';

const METHOD = 'taobao.logistics.erp.delivery.cut';

/** Refused without a call: the seller can add the code, and replay. */
function withoutCode(carrier: string): CreateAnswer {
  return {
    kind: 'refused',
    refusal: 'courier_bad_data',
    rawCode: 'no_cp_code',
    rawText: `未发送：凭证 cpCodes 中没有 ${carrier} 的快递公司编码。Nothing was sent: cpCodes has no code for ${carrier}.`,
  };
}

/** Asks by waybill and the platform's code of the courier. */
export async function interceptByWaybill(
  keys: TaobaoCredentials,
  command: InterceptCommand,
  ctx: CallContext,
  nowMs: number,
): Promise<CreateAnswer> {
  const { carrier, waybillNo, bizNo } = command;
  const cpCode = Object.hasOwn(keys.cpCodes, carrier) ? keys.cpCodes[carrier] : undefined;
  if (cpCode === undefined) return withoutCode(carrier);
  const request = {
    mail_no: waybillNo,
    tms_cp_code: cpCode,
    intercept_time: formatChinaTime(new Date(nowMs)),
    intercept_reason: keys.interceptReason,
    outer_order_id: bizNo,
  };
  const params = { cut_off_delivery_process_request: JSON.stringify(request) };
  const response = await ctx.send(gatewayRequest(keys, { method: METHOD, params }, 'write', nowMs));
  return createAnswer(readCut(response, METHOD, keys));
}
