import { type TaughtMeanings, taughtMeaning } from '../../../domain/carrier/meanings.js';
import type { CodeRow } from '../../../domain/carrier/port.js';
import { lookUp } from '../look-up.js';

/**
 * `data.resultType` of LOP's commonCancelOrderV1 that is no intercept; 1 (拦截成功) is the one yes. Why a 2 or 3 was said
 * is told by words that nobody documented.
 */
export const LOP_CODES: Readonly<Record<string, CodeRow>> = {
  // R53: before the pick-up the same call cancels the shipment.
  'resultType 0': { text: '取消成功', advice: '取消后运单号不可重复使用', means: 'courier_order_cancelled' },
  'resultType 2': { text: '取消失败', advice: '', means: 'courier_unknown_code' },
  'resultType 3': { text: '拦截失败', advice: '', means: 'courier_unknown_code' },
};

/**
 * `stateCode` of JOS's ldop.receive.order.intercept; 100 is the one yes. Of 108 one source says that the waybill was
 * cancelled before, another that it is a failure like any other: so it is asked what became of it.
 */
export const JOS_CODES: Readonly<Record<string, CodeRow>> = {
  'stateCode 108': { text: '运单已经被取消成功过了', advice: '', means: 'duplicate' },
};

/**
 * What a code means: as documented, else as the account says. A documented no without a reason (`courier_unknown_code`)
 * may be explained by the account; everything else that is documented stays as it is.
 */
export function meaningOf(
  documented: Readonly<Record<string, CodeRow>>,
  taught: TaughtMeanings,
  rawCode: string,
  rawText: string,
): CodeRow['means'] | undefined {
  const known = lookUp(documented, rawCode)?.means;
  if (known !== undefined && known !== 'courier_unknown_code') return known;
  return taughtMeaning(taught, rawCode, rawText) ?? known;
}
