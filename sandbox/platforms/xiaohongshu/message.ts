import { writeWireJson } from '../../frame/wire-json.js';
import type { Made, Occasion } from '../../refunds/door.js';
import type { XiaohongshuOptions } from './options.js';
import { pushSign } from './sign.js';
import { MSG_TAG, RETURN_TYPE, yuan } from './words.js';

/** Headers of a push to `targetUrl`, signed or, if so asked, signed with another secret. */
function signedHeaders(options: XiaohongshuOptions, targetUrl: string, at: number, right: boolean) {
  const timestamp = String(Math.floor(at / 1000));
  const { 'app-key': appKey, 'app-secret': secret } = options;
  const sign = pushSign(new URL(targetUrl), appKey, timestamp, right ? secret : `${secret}!`);
  return { 'content-type': 'application/json;charset=utf-8', timestamp, 'app-key': appKey, sign };
}

/** One message about a refund as it is now. The platform sends no id; this one is the twin's. */
export function message({ refund, event, at, spec }: Occasion, options: XiaohongshuOptions): Made {
  const data = writeWireJson({
    refundFee: yuan(refund.refundFen - refund.postFen),
    orderId: refund.orderId,
    packageId: refund.orderId,
    returnsId: refund.refundId,
    updateTime: refund.updatedAtMs,
    returnType: RETURN_TYPE[refund.type],
    requestFrom: 1,
  });
  const msgTag = MSG_TAG[event];
  return {
    eventId: `${refund.refundId}/${msgTag}/${refund.updatedAtMs}`,
    body: writeWireJson([{ msgTag, sellerId: refund.shopId, data }]),
    headers: signedHeaders(options, spec.targetUrl ?? 'http://127.0.0.1:9/', at, spec.sign === 'right'),
  };
}
