import type { AfterSaleStatus } from '../../../domain/aftersale/after-sale.js';
import type { StatusAnswer } from '../../../domain/carrier/port.js';

interface StatusRow {
  readonly zh: string;
  readonly means: AfterSaleStatus;
  /** What it says of an order to stop the parcel that was given with the review. */
  readonly intercept: StatusAnswer['kind'];
}

/**
 * `status` of a refundapply: where the review stands. None says that the money has arrived: the approval of JD's finance
 * (3) is not a paid refund, so nothing here is `paid`. After an approval the status may move on (6 to 3), which does not
 * say whether the stop took: `unclear`.
 */
const STATUS_CODES = {
  '0': { zh: '未审核', means: 'open', intercept: 'no_record' },
  '1': { zh: '审核通过', means: 'agreed', intercept: 'unclear' },
  '2': { zh: '审核不通过', means: 'refused', intercept: 'unclear' },
  '3': { zh: '京东财务审核通过', means: 'agreed', intercept: 'unclear' },
  // The seller agreed, finance did not: what becomes of it is not documented.
  '4': { zh: '京东财务审核不通过', means: 'unknown', intercept: 'unclear' },
  '5': { zh: '人工审核通过', means: 'agreed', intercept: 'unclear' },
  '6': { zh: '拦截并退款', means: 'agreed', intercept: 'pending' },
  '7': { zh: '青龙拦截成功', means: 'agreed', intercept: 'stopped' },
  // Whether the refund goes on after a failed stop is not documented.
  '8': { zh: '青龙拦截失败', means: 'unknown', intercept: 'failed' },
  '9': { zh: '强制关单并退款', means: 'agreed', intercept: 'unclear' },
  // Somebody is after the parcel already: a person's business (R63).
  '10': { zh: '物流待跟进', means: 'unknown', intercept: 'unclear' },
  '11': { zh: '用户撤销', means: 'closed', intercept: 'unclear' },
} as const satisfies Record<string, StatusRow>;

/** Undefined: nobody documented this status. */
export function statusRow(code: string | undefined): StatusRow | undefined {
  return code !== undefined && Object.hasOwn(STATUS_CODES, code)
    ? STATUS_CODES[code as keyof typeof STATUS_CODES]
    : undefined;
}

/** An undocumented status is `unknown` (R70); a missing one says nothing. */
export function statusOf(code: string | undefined): AfterSaleStatus | undefined {
  return code === undefined ? undefined : (statusRow(code)?.means ?? 'unknown');
}
