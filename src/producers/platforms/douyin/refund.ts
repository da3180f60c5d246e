import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierRequest, CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import type { PlatformRefunds, RefundAnswer, RefundOrder } from '../../../domain/platform/refund.js';
import { codeAt, type Fields, fieldsAt, listAt, requiredIdAt, textAt } from '../fields.js';
import { retryAfterMs } from '../http-refusal.js';
import { type DouyinSettings, type GatewayAnswer, gatewayAnswer } from './answers.js';
import { gatewayRequest } from './gateway.js';
import { gatewayCode, subCodeMeaning } from './gateway-codes.js';
import { expectOk, readable } from './intercept-answers.js';
import type { DouyinCredentials } from './manifest.js';

/** `type` of afterSale.operate for a refund-only of a shipped order (second-hand: github renhonghai/doudian-sdk). */
const AGREE = 201;
const REJECT = 202;
const REJECT_TEXT = '商品已发出，无法拦截';
const METHOD = 'afterSale.operate';
/** `status_code` of an item. No table: 0, and the gateway's own number of success, are taken for a yes; else it is open. */
const DONE = new Set(['0', '10000']);

/** One after-sale, with its update time as the version: "防止售后单变更且open侧审核通过导致资损". Throws CarrierFault. */
function operateRequest(
  credentials: DouyinCredentials,
  { afterSaleId, version }: RefundOrder,
  operation: typeof AGREE | typeof REJECT,
  nowMs: number,
): CarrierRequest {
  if (!/^\d{10}$/.test(version ?? ''))
    throw new CarrierFault('not_sent', 'the update time of the after-sale is not known');
  const said =
    operation === AGREE
      ? {}
      : {
          reason: credentials.rejectReason ?? REJECT_TEXT,
          remark: credentials.rejectReason ?? REJECT_TEXT,
          reject_reason_code: BigInt(credentials.rejectReasonCode ?? '0'),
        };
  const item = { aftersale_id: afterSaleId, update_time: Number(version), ...said };
  return gatewayRequest(
    credentials,
    { method: METHOD, params: { type: operation, items: [item] }, effect: 'write' },
    nowMs,
  );
}

/** A no of the gateway: only what says that the business refused is one; the rest failed, or is open. Throws CarrierFault. */
function refused(answer: GatewayAnswer, settings: DouyinSettings, response: CarrierResponse): RefundAnswer {
  const { code, subCode, rawCode, text: rawText } = answer;
  const known = settings.throttleCodes.includes(code)
    ? 'throttled'
    : (subCodeMeaning(subCode) ?? gatewayCode(code, '')?.write);
  switch (known) {
    case 'courier_unknown_code':
      return { kind: 'refused', rawCode, rawText };
    case 'throttled':
    case 'credentials':
    case 'bad_request':
      throw new CarrierFault(known, `Douyin answered ${rawCode} ${rawText}`.trimEnd(), {
        rawCode,
        retryAfterMs: retryAfterMs(response),
      });
    default:
      throw new CarrierFault('outcome_unknown', `Douyin answered ${rawCode} ${rawText}`.trimEnd(), { rawCode });
  }
}

/** Exactly one result, about this after-sale. Throws UnreadableEvent. */
function resultFor(data: Fields, afterSaleId: string): Fields {
  const items = listAt(data.items, 'items').map((item) => fieldsAt(item, 'a result'));
  const [only] = items;
  if (!only || items.length > 1 || requiredIdAt(only, 'aftersale_id') !== afterSaleId) {
    throw new UnreadableEvent('the answer is not about this after-sale alone');
  }
  return only;
}

function readOperate(response: CarrierResponse, afterSaleId: string, settings: DouyinSettings): RefundAnswer {
  expectOk(response, 'write');
  return readable('write', () => {
    const answer = gatewayAnswer(response);
    if (!answer.success) return refused(answer, settings, response);
    const result = resultFor(fieldsAt(answer.data, 'the data of the answer'), afterSaleId);
    const rawCode = codeAt(result, 'status_code') ?? '';
    const rawText = (textAt(result, 'status_msg') ?? '').slice(0, 200);
    if (!DONE.has(rawCode)) throw new UnreadableEvent(`an unexplained status_code ${rawCode}`);
    return { kind: 'done', rawCode, rawText };
  });
}

/** The seller's decision at Douyin (reference 1.5): agreed always, rejected where the shop has named its reason. */
export function douyinRefunds(credentials: DouyinCredentials, settings: DouyinSettings): PlatformRefunds {
  return {
    agree: async (order, ctx, nowMs) =>
      readOperate(await ctx.send(operateRequest(credentials, order, AGREE, nowMs)), order.afterSaleId, settings),
    ...(credentials.rejectReasonCode === undefined
      ? {}
      : {
          reject: async (order, _cause, ctx, nowMs) =>
            readOperate(await ctx.send(operateRequest(credentials, order, REJECT, nowMs)), order.afterSaleId, settings),
        }),
  };
}
