import { CarrierFault, type FaultKind } from '../../../domain/carrier/fault.js';
import type { CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fieldsAt, parseJson, textAt } from '../fields.js';
import { httpRefusal, retryAfterMs } from '../http-refusal.js';
import { gatewayCode, subCodeMeaning } from './gateway-codes.js';

/** What can be set for a gateway whose numbers the platform does not publish. */
export interface DouyinSettings {
  /** Values of `code` that mean "too fast, nothing was done". */
  readonly throttleCodes: readonly string[];
}

export const DOUYIN_SETTINGS: DouyinSettings = { throttleCodes: ['60000'] };

const SUCCESS = '10000';
/** Texts of the platform go into a message for people; this much of them is enough. */
const SHOWN_TEXT = 200;

/** The gateway's envelope `{log_id, code, msg, sub_code, sub_msg, data}` (reference 1.4). */
export interface GatewayAnswer {
  readonly success: boolean;
  readonly code: string;
  readonly subCode: string;
  /** `code`, with its sub code where there is one. */
  readonly rawCode: string;
  readonly text: string;
  readonly data: unknown;
}

/** Throws UnreadableEvent for an answer that is not the gateway's. */
export function gatewayAnswer(response: CarrierResponse): GatewayAnswer {
  const answer = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  const code = codeAt(answer, 'code');
  if (code === undefined) throw new UnreadableEvent('the answer has no code');
  const subCode = textAt(answer, 'sub_code') ?? '';
  const text = (textAt(answer, 'sub_msg') ?? textAt(answer, 'msg') ?? '').slice(0, SHOWN_TEXT);
  const rawCode = subCode ? `${code} ${subCode}` : code;
  return { success: code === SUCCESS, code, subCode, rawCode, text, data: answer.data };
}

function faultKind({ code, subCode }: GatewayAnswer, settings: DouyinSettings): FaultKind {
  if (settings.throttleCodes.includes(code)) return 'throttled';
  return subCodeMeaning(subCode) ?? gatewayCode(code, subCode)?.read ?? 'contract_broken';
}

/** The `data` of the answer to a read. Throws CarrierFault for a refusal, UnreadableEvent for an answer that is not one. */
export function dataOfAnswer(response: CarrierResponse, settings: DouyinSettings): Fields {
  const fault = httpRefusal(response, 'Douyin');
  if (fault) throw fault;
  const answer = gatewayAnswer(response);
  if (answer.success) return fieldsAt(answer.data, 'the data of the answer');
  throw new CarrierFault(faultKind(answer, settings), `Douyin answered ${answer.rawCode} ${answer.text}`.trimEnd(), {
    rawCode: answer.rawCode,
    retryAfterMs: retryAfterMs(response),
  });
}
