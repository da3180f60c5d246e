import { CarrierFault } from '../../../domain/carrier/fault.js';
import { type TaughtMeanings, taughtMeaning } from '../../../domain/carrier/meanings.js';
import type {
  CarrierRequest,
  CarrierResponse,
  CodeRow,
  CreateAnswer,
  RawAnswer,
} from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { codeAt, type Fields, fenAt, fieldsAt, listAt, textAt } from '../fields.js';
import { retryAfterMs } from '../http-refusal.js';
import { type DouyinSettings, type GatewayAnswer, gatewayAnswer } from './answers.js';
import { gatewayCode, subCodeMeaning } from './gateway-codes.js';
import { otherGoodsOf } from './other-goods.js';

/** Douyin's waybills as they are compared (R66). */
export function normaliseWaybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/** An answer that cannot be read is no answer: an order may stand, a question was not answered. Throws CarrierFault. */
export function readable<T>(effect: CarrierRequest['effect'], read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    throw new CarrierFault(effect === 'write' ? 'outcome_unknown' : 'contract_broken', error.message);
  }
}

/** Anything but a 200 comes from something in front of the gateway. Throws CarrierFault. */
export function expectOk(response: CarrierResponse, effect: CarrierRequest['effect']): void {
  const { status } = response;
  if (status === 200) return;
  const open = effect === 'write' ? 'outcome_unknown' : 'unavailable';
  const kind = status === 429 ? 'throttled' : status === 401 ? 'credentials' : open;
  const detail = { rawCode: `HTTP ${status}`, retryAfterMs: retryAfterMs(response) };
  throw new CarrierFault(kind, `HTTP ${status} instead of Douyin's answer`, detail);
}

/** What a no comes to. A no that nobody explained is a refusal we cannot explain, never a yes. Throws CarrierFault. */
function refused(means: CodeRow['means'] | undefined, raw: RawAnswer, afterMs?: number): CreateAnswer {
  switch (means) {
    case 'throttled':
    case 'unavailable':
    case 'credentials':
    case 'bad_request':
    case 'outcome_unknown':
      throw new CarrierFault(means, `Douyin answered ${raw.rawCode} ${raw.rawText}`.trimEnd(), {
        rawCode: raw.rawCode,
        retryAfterMs: afterMs,
      });
    case 'duplicate':
    case 'already_returning':
    case 'not_yet':
      return { kind: means, ...raw };
    case undefined:
    case 'cancel_too_late':
    case 'cancel_not_allowed':
      return { kind: 'refused', refusal: 'courier_unknown_code', ...raw };
    default:
      return { kind: 'refused', refusal: means, ...raw };
  }
}

/** What the gateway's own no means for an order; a code that is in no table leaves open what was done. */
function gatewayMeaning(answer: GatewayAnswer, taught: TaughtMeanings, settings: DouyinSettings): CodeRow['means'] {
  const { code, subCode, rawCode, text } = answer;
  if (settings.throttleCodes.includes(code)) return 'throttled';
  const byShop = taughtMeaning(taught, rawCode, text);
  return subCodeMeaning(subCode) ?? byShop ?? gatewayCode(code, subCode)?.write ?? 'outcome_unknown';
}

const REASON_CODE = /^-?\d{1,19}$/;

/** `unavailable_reason_code`, an int64 like -10006; '' where there is none, 0 included. Throws UnreadableEvent. */
function reasonCodeAt(fields: Fields): string {
  const value = fields.unavailable_reason_code ?? '';
  const code = typeof value === 'number' || typeof value === 'string' ? String(value) : 'x';
  if (code === '' || code === '0') return '';
  if (!REASON_CODE.test(code)) throw new UnreadableEvent('unavailable_reason_code is not a whole number');
  return code;
}

function rawOf(fields: Fields): RawAnswer {
  return { rawCode: reasonCodeAt(fields), rawText: (textAt(fields, 'unavailable_reason') ?? '').slice(0, 200) };
}

/** A no without code and reason says nothing: what was done is open. Throws CarrierFault, UnreadableEvent. */
function refusedBy(fields: Fields, whole: Fields, taught: TaughtMeanings): CreateAnswer {
  const own = rawOf(fields);
  const raw = own.rawCode === '' && own.rawText === '' ? rawOf(whole) : own;
  if (raw.rawCode === '' && raw.rawText === '') throw new UnreadableEvent('the answer refuses and gives no reason');
  return refused(taughtMeaning(taught, raw.rawCode, raw.rawText), raw);
}

/** What it costs, fen. 0 is how the platform writes "not stated", so the tariff holds; so it does for what cannot be read. */
function feeOf(result: Fields): { readonly feeFen?: number } {
  try {
    const feeFen = fenAt(result, 'intercept_cost') ?? 0;
    return feeFen > 0 ? { feeFen } : {};
  } catch {
    return {};
  }
}

/** The one result about this parcel; undefined: there is none. Throws UnreadableEvent on two. */
function resultFor(data: Fields, waybillNo: string): Fields | undefined {
  const ours = listAt(data.intercept_results, 'intercept_results')
    .map((item) => fieldsAt(item, 'a result'))
    .filter((result) => normaliseWaybill(textAt(result, 'tracking_no') ?? '') === normaliseWaybill(waybillNo));
  if (ours.length > 1) throw new UnreadableEvent('the answer holds two results for one parcel');
  return ours[0];
}

function resultOf(data: Fields, waybillNo: string, msg: string, taught: TaughtMeanings): CreateAnswer {
  const result = resultFor(data, waybillNo);
  const count = (name: string) => codeAt(data, name);
  if (!result) {
    // One parcel was asked for, so a single failure without a result is its own.
    if (count('failed_count') !== '1') throw new UnreadableEvent('the answer says nothing of this parcel');
    return refusedBy(data, data, taught);
  }
  if (typeof result.is_success !== 'boolean') throw new UnreadableEvent('is_success is missing');
  const counted = result.is_success ? count('success_count') : count('failed_count');
  const denied = result.is_success && reasonCodeAt(result) !== '';
  if (counted === '0' || denied) throw new UnreadableEvent('the answer contradicts itself');
  if (!result.is_success) return refusedBy(result, data, taught);
  const raw = { rawCode: '10000', rawText: msg };
  return { kind: 'accepted', carrierRef: null, ...raw, ...feeOf(result), ...otherGoodsOf(result) };
}

/** Reads the answer to an order (reference 1.5). `is_success: true` for this very parcel is the only success. Throws CarrierFault. */
export function readIntercept(
  response: CarrierResponse,
  waybillNo: string,
  taught: TaughtMeanings,
  settings: DouyinSettings,
): CreateAnswer {
  expectOk(response, 'write');
  return readable('write', () => {
    const answer = gatewayAnswer(response);
    const { success, rawCode, text } = answer;
    if (!success) {
      return refused(gatewayMeaning(answer, taught, settings), { rawCode, rawText: text }, retryAfterMs(response));
    }
    return resultOf(fieldsAt(answer.data, 'the data of the answer'), waybillNo, text, taught);
  });
}
